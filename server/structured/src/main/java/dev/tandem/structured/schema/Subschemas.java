package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where schemas stand in schemas, by the keywords of 2020-12 and the drafts before it. */
final class Subschemas {
    private static final Set<String> SINGLES =
            Set.of(
                    "additionalItems",
                    "additionalProperties",
                    "contains",
                    "contentSchema",
                    "else",
                    "if",
                    "items",
                    "not",
                    "propertyNames",
                    "then",
                    "unevaluatedItems",
                    "unevaluatedProperties");
    private static final Set<String> LISTS =
            Set.of("allOf", "anyOf", "items", "oneOf", "prefixItems");
    private static final Set<String> MAPS =
            Set.of(
                    "$defs",
                    "definitions",
                    "dependencies",
                    "dependentSchemas",
                    "patternProperties",
                    "properties");

    private Subschemas() {}

    /** The schemas directly inside a schema, by their pointers; whatever stands in their places. */
    static Map<String, Json> of(JsonObject schema, String pointer) {
        Map<String, Json> found = new LinkedHashMap<>();
        schema.members()
                .forEach((keyword, value) -> {
                    String place = Pointers.child(pointer, keyword);
                    switch (value) {
                        case JsonArray list when LISTS.contains(keyword) -> {
                            for (int i = 0; i < list.items().size(); i++) {
                                found.put(Pointers.child(place, i), list.items().get(i));
                            }
                        }
                        case JsonObject map when MAPS.contains(keyword) ->
                                map.members()
                                        .forEach((name, one) -> {
                                            // 'dependencies' has lists of names too
                                            if (!(one instanceof JsonArray)) {
                                                found.put(Pointers.child(place, name), one);
                                            }
                                        });
                        default -> {
                            if (SINGLES.contains(keyword)) {
                                found.put(place, value);
                            }
                        }
                    }
                });
        return found;
    }
}
