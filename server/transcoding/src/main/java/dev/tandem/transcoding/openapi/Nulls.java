package dev.tandem.transcoding.openapi;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Lets null through a schema. */
final class Nulls {
    private static final Node NULL = Node.of("type", "null");

    private Nulls() {}

    /** The schema that is also valid for null; the given one may be changed. */
    static Node allowed(Node schema) {
        if (!schema.has("type") && !schema.has("$ref") && !isUnion(schema)) {
            return schema; // says nothing of the type: null is valid
        }
        boolean plain =
                schema.get("type") instanceof JsonString
                        && !isUnion(schema)
                        && !schema.has("const")
                        && !schema.has("allOf");
        if (!plain) {
            return isBareUnion(schema) ? appended(schema) : wrapped(schema);
        }
        if (schema.get("type") instanceof JsonString type) {
            schema.putStrings("type", List.of(type.getString(), "null"));
        }
        if (schema.get("enum") instanceof JsonArray values) {
            List<JsonValue> more = new ArrayList<>(values);
            more.add(JsonValue.NULL);
            schema.putValues("enum", more);
        }
        return schema;
    }

    private static boolean isUnion(Node schema) {
        return schema.has("anyOf") || schema.has("oneOf");
    }

    private static boolean isBareUnion(Node schema) {
        return isUnion(schema) && schema.size() == 1;
    }

    private static Node appended(Node union) {
        for (String key : List.of("anyOf", "oneOf")) {
            if (union.get(key) instanceof JsonArray members) {
                List<JsonValue> more = new ArrayList<>(members);
                more.add(NULL.json());
                union.putValues(key, more);
            }
        }
        return union;
    }

    private static Node wrapped(Node schema) {
        return new Node().putNodes("anyOf", List.of(schema, NULL));
    }
}
