package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonString;
import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.BooleanValue;
import dev.tandem.structured.schema.Schema.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** {@code type}, and the rules for each kind of value. */
final class Kinds {
    private static final Map<String, Set<String>> KEYWORDS =
            Map.of(
                    "object",
                    Set.of(
                            "properties",
                            "required",
                            "additionalProperties",
                            "minProperties",
                            "maxProperties"),
                    "array",
                    Set.of(
                            "items",
                            "prefixItems",
                            "additionalItems",
                            "minItems",
                            "maxItems",
                            "uniqueItems"),
                    "string",
                    Set.of("minLength", "maxLength", "pattern", "format"),
                    "number",
                    Set.of(
                            "minimum",
                            "maximum",
                            "exclusiveMinimum",
                            "exclusiveMaximum",
                            "multipleOf"));
    private static final List<String> ORDER = List.of("object", "array", "string", "number");

    private Kinds() {}

    static Schema schema(Node node) {
        SequencedSet<String> types = types(node);
        if (types.isEmpty()) {
            return Schema.ANYTHING;
        }
        List<Schema> all = new ArrayList<>();
        for (String type : types) {
            all.add(ofType(type, node));
        }
        return AnyOf.of(all);
    }

    private static SequencedSet<String> types(Node node) {
        SequencedSet<String> types = new LinkedHashSet<>();
        Json type = node.value("type");
        if (type == null) {
            if (!node.has("const") && !node.has("enum")) {
                ORDER.stream()
                        .filter(kind ->
                                KEYWORDS.getOrDefault(kind, Set.of()).stream().anyMatch(node::has))
                        .forEach(types::add);
            }
            return types;
        }
        if (type instanceof JsonString one) {
            types.add(one.value());
            return types;
        }
        for (Json one : node.list("type")) {
            types.add(one instanceof JsonString name ? name.value() : "");
        }
        if (types.isEmpty()) {
            node.problem("type", "'type' must be a type or a list of types");
        }
        return types;
    }

    private static Schema ofType(String type, Node node) {
        return switch (type) {
            case "object" -> ObjectReader.read(node);
            case "array" -> ArrayReader.read(node);
            case "string" -> StringReader.read(node);
            case "number" -> NumberReader.read(node, false);
            case "integer" -> NumberReader.read(node, true);
            case "boolean" -> new BooleanValue();
            case "null" -> new NullValue();
            default -> {
                node.problem(
                        "type",
                        "a type is one of object, array, string, number, integer, boolean, null");
                yield Schema.ANYTHING;
            }
        };
    }
}
