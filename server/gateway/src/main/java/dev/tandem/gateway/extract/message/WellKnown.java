package dev.tandem.gateway.extract.message;

import com.google.protobuf.Descriptors.Descriptor;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of google.protobuf that have a JSON form of their own. */
final class WellKnown {
    private static final JsonBoolean ANYTHING = new JsonBoolean(true);

    private WellKnown() {}

    /** Its schema; null where it has no form of its own. */
    static @Nullable JsonObject schema(Descriptor message) {
        SchemaObject schema =
                switch (message.getFullName()) {
                    case "google.protobuf.Timestamp" ->
                            SchemaObject.type("string").put("format", "date-time");
                    case "google.protobuf.Duration" ->
                            SchemaObject.type("string")
                                    .put("pattern", "^-?[0-9]{1,12}(\\.[0-9]{1,9})?s$");
                    case "google.protobuf.FieldMask" -> SchemaObject.type("string");
                    case "google.protobuf.Struct" ->
                            SchemaObject.type("object").put("additionalProperties", ANYTHING);
                    case "google.protobuf.Value" -> new SchemaObject();
                    case "google.protobuf.ListValue" -> SchemaObject.type("array");
                    case "google.protobuf.Any" ->
                            SchemaObject.type("object")
                                    .put(
                                            "properties",
                                            new JsonObject(
                                                    Map.of(
                                                            "@type",
                                                            SchemaObject.type("string").build())))
                                    .strings("required", List.of("@type"))
                                    .put("additionalProperties", ANYTHING);
                    case "google.protobuf.DoubleValue", "google.protobuf.FloatValue" ->
                            SchemaObject.type("number");
                    case "google.protobuf.Int64Value" -> NumberBounds.INT64.schema();
                    case "google.protobuf.UInt64Value" -> NumberBounds.UINT64.schema();
                    case "google.protobuf.Int32Value" -> NumberBounds.INT32.schema();
                    case "google.protobuf.UInt32Value" -> NumberBounds.UINT32.schema();
                    case "google.protobuf.BoolValue" -> SchemaObject.type("boolean");
                    case "google.protobuf.StringValue" -> SchemaObject.type("string");
                    case "google.protobuf.BytesValue" ->
                            SchemaObject.type("string").put("contentEncoding", "base64");
                    default -> null;
                };
        return schema == null ? null : schema.build();
    }
}
