package dev.tandem.transcoding.openapi;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** References to schemas in a tree. */
final class References {
    private static final String SCHEMAS = "#/components/schemas/";

    private References() {}

    /** The tree with other names in its references. */
    static JsonObject renamed(JsonObject tree, UnaryOperator<String> name) {
        JsonObjectBuilder object = Node.JSON.createObjectBuilder();
        tree.forEach((key, value) -> object.add(key, renamed(key, value, name)));
        return object.build();
    }

    private static JsonValue renamed(String key, JsonValue value, UnaryOperator<String> name) {
        return switch (value) {
            case JsonObject object -> renamed(object, name);
            case JsonArray array -> {
                JsonArrayBuilder all = Node.JSON.createArrayBuilder();
                array.forEach(each -> all.add(renamed("", each, name)));
                yield all.build();
            }
            case JsonString text when key.equals("$ref") && text.getString().startsWith(SCHEMAS) ->
                    Node.JSON.createValue(
                            SCHEMAS + name.apply(text.getString().substring(SCHEMAS.length())));
            default -> value;
        };
    }

    /** What a schema refers to. */
    static Set<Components.Key> of(JsonObject schema, Map<String, Components.Key> keys) {
        Set<Components.Key> found = new HashSet<>();
        JsonObject _ =
                renamed(
                        schema,
                        text -> {
                            Components.Key key = keys.get(text);
                            if (key != null) {
                                found.add(key);
                            }
                            return text;
                        });
        return found;
    }
}
