package dev.tandem.clients;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** {@code {"$repeat": "ab", "times": 3}} in a case stands for what is too long to be written. */
final class Repeats {
    private static final String WHAT = "$repeat";

    private Repeats() {}

    /** The same value, written out. */
    static JsonValue expanded(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> object(value.asJsonObject());
            case ARRAY -> array(value.asJsonArray());
            default -> value;
        };
    }

    private static JsonValue object(JsonObject object) {
        if (object.containsKey(WHAT)) {
            return Json.createValue(
                    ((JsonString) object.get(WHAT)).getString().repeat(object.getInt("times")));
        }
        JsonObjectBuilder all = Json.createObjectBuilder();
        object.forEach((name, value) -> all.add(name, expanded(value)));
        return all.build();
    }

    private static JsonArray array(JsonArray array) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (JsonValue value : array) {
            if (value instanceof JsonObject object
                    && object.containsKey(WHAT)
                    && !(object.get(WHAT) instanceof JsonString)) {
                JsonValue element = expanded(object.get(WHAT));
                for (int i = 0; i < object.getInt("times"); i++) {
                    all.add(element);
                }
            } else {
                all.add(expanded(value));
            }
        }
        return all.build();
    }
}
