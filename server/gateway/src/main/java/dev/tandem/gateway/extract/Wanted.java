package dev.tandem.gateway.extract;

import com.google.protobuf.ByteString;
import dev.tandem.gateway.answer.Schemas;
import dev.tandem.gateway.extract.message.KnownMessages;
import dev.tandem.gateway.extract.message.MessageType;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.structured.check.CheckedSchema;
import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.structured.check.Violation;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import dev.tandem.v1.ExtractRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read out of a text: one object, or one item of a list.
 *
 * @param schema its schema
 * @param check holds values against it
 * @param type the protobuf message, where one was named
 */
record Wanted(Json schema, SchemaCheck check, @Nullable MessageType type) {
    /**
     * What a request wants.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code validation_failed}
     */
    static Wanted of(ExtractRequest request, KnownMessages messages) {
        if (request.hasMessageType()) {
            MessageType type = messages.named(request.getMessageType());
            CheckedSchema schema = Schemas.of("message_type", type.schema());
            return new Wanted(schema.json(), schema.check(), type);
        }
        CheckedSchema schema = Schemas.of("schema", request.getSchema());
        return new Wanted(schema.json(), schema.check(), null);
    }

    /**
     * The same, known to be an object.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code validation_failed}
     */
    Wanted object() {
        boolean named = type != null;
        Json kind = schema instanceof JsonObject object ? object.members().get("type") : null;
        boolean open = schema instanceof JsonObject && kind == null && !named;
        if (!open && !new JsonString("object").equals(kind)) {
            throw ApiError.violations(
                            List.of(
                                    new ApiError.Violation(
                                            named ? "message_type" : "schema",
                                            "object",
                                            "Must be an object; make the value a property of one, or read a"
                                                    + " list of values with ExtractItems.")))
                    .toException();
        }
        return this;
    }

    /** What is wrong with a JSON text. */
    List<Violation> violations(String json) {
        List<Violation> broken = check.violations(json);
        return broken.isEmpty() && type != null ? type.violations(json) : broken;
    }

    /** The binary message of a valid JSON text, where the request asks for one. */
    Optional<ByteString> binary(ExtractRequest request, String json) {
        return type != null && request.getBinary()
                ? Optional.of(type.binary(json))
                : Optional.empty();
    }
}
