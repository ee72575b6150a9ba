package dev.tandem.gateway.extract;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schema of an object with the list {@code items}: models answer with objects more surely than
 * with bare arrays, and engines take schemas of objects only. Definitions move to the top, where
 * references to them find them; other references are led to the item.
 */
final class ListSchema {
    /** The name of the list. */
    static final String ITEMS = "items";

    private static final String PLACE = "#/properties/" + ITEMS + "/items";
    private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    private ListSchema() {}

    /** That of a list of values of a schema. */
    static Json of(Json item) {
        Map<String, Json> definitions = new LinkedHashMap<>();
        Map<String, Json> whole = new LinkedHashMap<>();
        whole.put("type", new JsonString("object"));
        whole.put(
                "properties",
                new JsonObject(Map.of(ITEMS, list(withoutDefinitions(moved(item), definitions)))));
        whole.put("required", new JsonArray(List.of(new JsonString(ITEMS))));
        whole.put("additionalProperties", new JsonBoolean(false));
        whole.putAll(definitions);
        return new JsonObject(whole);
    }

    private static Json withoutDefinitions(Json item, Map<String, Json> definitions) {
        if (!(item instanceof JsonObject object)) {
            return item;
        }
        Map<String, Json> rest = new LinkedHashMap<>();
        object.members()
                .forEach((keyword, value) -> {
                    if (DEFINITIONS.contains(keyword)) {
                        definitions.put(keyword, value);
                    } else if (!keyword.equals("$schema") && !keyword.equals("$id")) {
                        rest.put(keyword, value);
                    }
                });
        return new JsonObject(rest);
    }

    /** That of an object with any list, for whether an answer has its form. */
    static Json ofAnything() {
        return of(new JsonBoolean(true));
    }

    private static Json list(Json item) {
        Map<String, Json> list = new LinkedHashMap<>();
        list.put("type", new JsonString("array"));
        list.put("items", item);
        return new JsonObject(list);
    }

    /** With every reference led to where its target will be. */
    private static Json moved(Json json) {
        return switch (json) {
            case JsonObject object -> {
                Map<String, Json> members = new LinkedHashMap<>();
                object.members()
                        .forEach((name, value) ->
                                members.put(
                                        name,
                                        name.equals("$ref") && value instanceof JsonString target
                                                ? new JsonString(moved(target.value()))
                                                : DATA.contains(name) ? value : moved(value)));
                yield new JsonObject(members);
            }
            case JsonArray array ->
                    new JsonArray(array.items().stream().map(ListSchema::moved).toList());
            default -> json;
        };
    }

    private static String moved(String reference) {
        return DEFINITIONS.stream().anyMatch(each -> reference.startsWith("#/" + each + "/"))
                ? reference
                : PLACE + reference.substring(1);
    }
}
