package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonNumber;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema object and its place. A keyword of the wrong type is a problem, and as if absent. */
record Node(JsonObject object, String pointer, Reading reading) {
    private static final Map<String, String> UNSUPPORTED =
            Map.ofEntries(
                    Map.entry("not", "say what a value is instead of what it is not"),
                    Map.entry("if", "use anyOf with the cases"),
                    Map.entry("patternProperties", "use additionalProperties"),
                    Map.entry("propertyNames", "name the properties, or leave it out"),
                    Map.entry("dependentSchemas", "use anyOf with the cases"),
                    Map.entry("dependentRequired", "use anyOf with the cases"),
                    Map.entry("dependencies", "use anyOf with the cases"),
                    Map.entry("contains", "use prefixItems or items"),
                    Map.entry("unevaluatedItems", "use items"),
                    Map.entry("unevaluatedProperties", "use additionalProperties"),
                    Map.entry("$dynamicRef", "use $ref"),
                    Map.entry("$recursiveRef", "use $ref"));

    boolean has(String keyword) {
        return object.members().containsKey(keyword);
    }

    @Nullable Json value(String keyword) {
        return object.members().get(keyword);
    }

    String place(String keyword) {
        return Pointers.child(pointer, keyword);
    }

    void problem(String keyword, String sentence) {
        reading.problem(place(keyword), sentence);
    }

    void checkedOnly(String keyword, String sentence) {
        reading.checkedOnly(place(keyword), sentence);
    }

    void refuseUnsupported() {
        if (has("$id") && !pointer.isEmpty()) {
            problem("$id", "only the whole schema may have an '$id'");
        }
        UNSUPPORTED.forEach((keyword, instead) -> {
            if (has(keyword)) {
                problem(keyword, "'" + keyword + "' cannot be enforced; " + instead);
            }
        });
    }

    /** A count; 0 where there is none. */
    int count(String keyword) {
        Integer limit = limit(keyword);
        return limit == null ? 0 : limit;
    }

    /** A count; null where there is none. */
    @Nullable Integer limit(String keyword) {
        Json value = value(keyword);
        if (value instanceof JsonNumber number
                && number.isInteger()
                && number.value().signum() >= 0) {
            return number.value().min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
        }
        if (value != null) {
            problem(keyword, "'" + keyword + "' must be a whole number, 0 or more");
        }
        return null;
    }

    @Nullable BigDecimal number(String keyword) {
        Json value = value(keyword);
        if (value instanceof JsonNumber number) {
            return number.value();
        }
        if (value != null) {
            problem(keyword, "'" + keyword + "' must be a number");
        }
        return null;
    }

    @Nullable String string(String keyword) {
        Json value = value(keyword);
        if (value instanceof JsonString string) {
            return string.value();
        }
        if (value != null) {
            problem(keyword, "'" + keyword + "' must be a string");
        }
        return null;
    }

    boolean flag(String keyword) {
        Json value = value(keyword);
        if (value != null && !(value instanceof JsonBoolean)) {
            problem(keyword, "'" + keyword + "' must be true or false");
        }
        return value instanceof JsonBoolean flag && flag.value();
    }

    List<Json> list(String keyword) {
        Json value = value(keyword);
        if (value instanceof JsonArray array) {
            return array.items();
        }
        if (value != null) {
            problem(keyword, "'" + keyword + "' must be a list");
        }
        return List.of();
    }

    Map<String, Json> members(String keyword) {
        Json value = value(keyword);
        if (value instanceof JsonObject members) {
            return members.members();
        }
        if (value != null) {
            problem(keyword, "'" + keyword + "' must be an object");
        }
        return Map.of();
    }

    /** The schema of a keyword; null where it is absent. */
    @Nullable Schema schema(String keyword) {
        Json value = value(keyword);
        return value == null ? null : reading.schema(value, place(keyword));
    }

    /** The schemas of a keyword whose value is a list of them. */
    List<Schema> schemas(String keyword) {
        List<Schema> all = new ArrayList<>();
        for (Json value : list(keyword)) {
            all.add(reading.schema(value, Pointers.child(place(keyword), all.size())));
        }
        return all;
    }
}
