package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules that OpenAI's API has for schemas with {@code strict}, beyond what can be enforced: the
 * whole is an object, every object closes itself with {@code additionalProperties: false}, and
 * every property is required.
 */
public final class StrictRules {
    private static final Set<String> MAPS = Set.of("properties", "$defs", "definitions");
    private static final Set<String> LISTS = Set.of("anyOf", "allOf", "oneOf", "prefixItems");
    private static final Set<String> SINGLES =
            Set.of("items", "additionalProperties", "additionalItems");

    private final List<Problem> problems = new ArrayList<>();

    private StrictRules() {}

    /** Every place where the rules are broken; empty where they hold. */
    public static List<Problem> broken(Json schema) {
        var rules = new StrictRules();
        if (!(schema instanceof JsonObject root) || !isObject(root)) {
            rules.problem("", "with strict the schema must have \"type\": \"object\"");
        }
        rules.visit(schema, "");
        return List.copyOf(rules.problems);
    }

    private void problem(String pointer, String sentence) {
        problems.add(new Problem(pointer, sentence));
    }

    private void visit(Json json, String pointer) {
        if (!(json instanceof JsonObject schema)) {
            return;
        }
        if (isObject(schema) || schema.members().containsKey("properties")) {
            object(schema, pointer);
        }
        schema.members()
                .forEach((keyword, value) -> {
                    String place = Pointers.child(pointer, keyword);
                    if (MAPS.contains(keyword) && value instanceof JsonObject map) {
                        map.members()
                                .forEach((name, one) -> visit(one, Pointers.child(place, name)));
                    } else if (value instanceof JsonArray list
                            && (LISTS.contains(keyword) || keyword.equals("items"))) {
                        for (int i = 0; i < list.items().size(); i++) {
                            visit(list.items().get(i), Pointers.child(place, i));
                        }
                    } else if (SINGLES.contains(keyword)) {
                        visit(value, place);
                    }
                });
    }

    private void object(JsonObject schema, String pointer) {
        if (!new JsonBoolean(false).equals(schema.members().get("additionalProperties"))) {
            problem(pointer, "with strict every object needs \"additionalProperties\": false");
        }
        Set<Json> required =
                schema.members().get("required") instanceof JsonArray list
                        ? Set.copyOf(list.items())
                        : Set.of();
        Map<String, Json> properties =
                schema.members().get("properties") instanceof JsonObject map
                        ? map.members()
                        : Map.of();
        String missing =
                properties.keySet().stream()
                        .filter(name -> !required.contains(new JsonString(name)))
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            problem(
                    Pointers.child(pointer, "required"),
                    "with strict every property is required (null may be one of its types); add "
                            + missing);
        }
    }

    private static boolean isObject(JsonObject schema) {
        var object = new JsonString("object");
        Json type = schema.members().get("type");
        return object.equals(type)
                || (type instanceof JsonArray list && list.items().contains(object));
    }
}
