package dev.tandem.gateway.extract.message;

import build.buf.validate.Ignore;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import dev.tandem.transcoding.schema.Declarations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas of protobuf messages, as protobuf's JSON mapping writes them with the names of the
 * .proto file. Messages inside are definitions, so that a message may contain itself. Of {@code
 * buf.validate} it has what JSON Schema can say. For one schema and one thread.
 */
final class MessageSchema {
    private final Declarations comments;
    private final FieldSchema fields = new FieldSchema(this::reference);
    private final Deque<Descriptor> open = new ArrayDeque<>();
    private final Set<Descriptor> seen = new HashSet<>();
    private @Nullable Descriptor root;

    MessageSchema(Declarations comments) {
        this.comments = comments;
    }

    /** The schema of a message. */
    Json of(Descriptor message) {
        root = message;
        JsonObject special = WellKnown.schema(message);
        if (special != null) {
            return special;
        }
        Map<String, Json> whole = new LinkedHashMap<>(object(message).members());
        Map<String, Json> definitions = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            Descriptor next = open.remove();
            definitions.put(next.getFullName(), object(next));
        }
        if (!definitions.isEmpty()) {
            whole.put("$defs", new JsonObject(definitions));
        }
        return new JsonObject(whole);
    }

    /** How a field refers to a message. */
    private SchemaObject reference(Descriptor message) {
        if (message.equals(root)) {
            return new SchemaObject().put("$ref", "#");
        }
        if (seen.add(message)) {
            open.add(message);
        }
        return new SchemaObject().put("$ref", "#/$defs/" + message.getFullName());
    }

    private JsonObject object(Descriptor message) {
        Map<String, Json> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            SchemaObject schema = fields.of(field);
            describe(schema, comments.comment(field));
            properties.put(field.getName(), schema.build());
            if (required(field)) {
                required.add(field.getName());
            }
        }
        SchemaObject object = SchemaObject.type("object");
        describe(object, description(message));
        object.put("properties", new JsonObject(properties));
        if (!required.isEmpty()) {
            object.strings("required", required);
        }
        object.put("additionalProperties", false);
        oneofs(message, object);
        return object.build();
    }

    private static boolean required(FieldDescriptor field) {
        var rules = field.getOptions().getExtension(ValidateProto.field);
        boolean asked = rules.getIgnore() != Ignore.IGNORE_ALWAYS;
        boolean notEmpty =
                rules.getRepeated().getMinItems() > 0 || rules.getMap().getMinPairs() > 0;
        return field.isRequired() || (asked && (rules.getRequired() || notEmpty));
    }

    private String description(Descriptor message) {
        StringBuilder text = new StringBuilder(comments.comment(message));
        for (OneofDescriptor oneof : message.getRealOneofs()) {
            if (!requiredOneof(oneof)) {
                text.append(text.isEmpty() ? "" : " ")
                        .append("At most one of: ")
                        .append(String.join(", ", members(oneof)))
                        .append('.');
            }
        }
        return text.toString();
    }

    /** Exactly one member where one is required; of the others JSON Schema cannot say it simply. */
    private static void oneofs(Descriptor message, SchemaObject object) {
        List<Json> groups = new ArrayList<>();
        for (OneofDescriptor oneof : message.getRealOneofs()) {
            if (requiredOneof(oneof)) {
                groups.add(new SchemaObject().put("oneOf", alternatives(oneof)).build());
            }
        }
        if (!groups.isEmpty()) {
            object.put("allOf", new JsonArray(groups));
        }
    }

    private static JsonArray alternatives(OneofDescriptor oneof) {
        List<Json> alternatives = new ArrayList<>();
        for (String name : members(oneof)) {
            alternatives.add(new SchemaObject().strings("required", List.of(name)).build());
        }
        return new JsonArray(alternatives);
    }

    private static boolean requiredOneof(OneofDescriptor oneof) {
        return oneof.getOptions().getExtension(ValidateProto.oneof).getRequired();
    }

    private static List<String> members(OneofDescriptor oneof) {
        return oneof.getFields().stream().map(GenericDescriptor::getName).toList();
    }

    private static void describe(SchemaObject schema, String comment) {
        if (!comment.isEmpty()) {
            schema.put("description", new JsonString(comment.replaceAll("\\s+", " ")));
        }
    }
}
