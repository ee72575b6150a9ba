package dev.tandem.gateway.extract.message;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonNumber;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema in the making, its keywords in the order in which they are put. */
final class SchemaObject {
    private final Map<String, Json> members = new LinkedHashMap<>();

    static SchemaObject type(String type) {
        return new SchemaObject().put("type", type);
    }

    SchemaObject put(String keyword, Json value) {
        members.put(keyword, value);
        return this;
    }

    SchemaObject put(String keyword, String value) {
        return put(keyword, new JsonString(value));
    }

    SchemaObject put(String keyword, boolean value) {
        return put(keyword, new JsonBoolean(value));
    }

    SchemaObject put(String keyword, long value) {
        return put(keyword, BigDecimal.valueOf(value));
    }

    SchemaObject put(String keyword, BigDecimal value) {
        return put(keyword, new JsonNumber(value));
    }

    SchemaObject strings(String keyword, List<String> values) {
        return put(
                keyword,
                new JsonArray(values.stream().map(value -> (Json) new JsonString(value)).toList()));
    }

    SchemaObject remove(String keyword) {
        members.remove(keyword);
        return this;
    }

    JsonObject build() {
        return new JsonObject(members);
    }
}
