package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.Reference;
import dev.tandem.structured.schema.Schema.Values;
import java.util.ArrayList;
import java.util.List;

/** The keywords that hold for every kind of value. */
final class Combining {
    private static final int MOST_COMPARED = 50;

    private Combining() {}

    /** {@code const} and {@code enum}. */
    static List<Schema> values(Node node) {
        List<Schema> all = new ArrayList<>();
        Json constant = node.value("const");
        if (constant != null) {
            all.add(new Values(List.of(constant)));
        }
        if (node.has("enum")) {
            List<Json> values = node.list("enum");
            int most = node.reading().limits().values();
            if (values.isEmpty() || values.size() > most) {
                node.problem("enum", "'enum' must be a list of 1 to " + most + " values");
            }
            all.add(Values.of(values.stream().distinct().toList()));
        }
        return all;
    }

    /** {@code $ref}. */
    static List<Schema> references(Node node) {
        String reference = node.string("$ref");
        if (reference == null) {
            return List.of();
        }
        String pointer = Pointers.ofReference(reference);
        if (pointer == null) {
            node.problem(
                    "$ref", "only references into this schema are followed, such as #/$defs/name");
            return List.of();
        }
        if (Pointers.follow(pointer, node.reading().root()) == null) {
            node.problem("$ref", "there is nothing at " + reference);
            return List.of();
        }
        node.reading().want(pointer, node.place("$ref"));
        return List.of(new Reference(pointer));
    }

    /** {@code allOf}, {@code anyOf} and {@code oneOf}. */
    static List<Schema> schemas(Node node) {
        List<Schema> all = new ArrayList<>(node.schemas("allOf"));
        for (String keyword : List.of("anyOf", "oneOf")) {
            if (node.has(keyword)) {
                List<Schema> alternatives = node.schemas(keyword);
                if (alternatives.isEmpty()) {
                    node.problem(keyword, "'" + keyword + "' must have at least one schema");
                }
                all.add(AnyOf.of(alternatives));
                if (keyword.equals("oneOf")) {
                    noteOverlaps(node, alternatives);
                }
            }
        }
        return all;
    }

    private static void noteOverlaps(Node node, List<Schema> alternatives) {
        if (alternatives.size() > MOST_COMPARED) {
            node.checkedOnly(
                    "oneOf", "more than " + MOST_COMPARED + " alternatives are not compared");
            return;
        }
        var apart = new Apart(node.reading());
        for (int i = 0; i < alternatives.size(); i++) {
            for (int j = i + 1; j < alternatives.size(); j++) {
                if (!apart.areApart(alternatives.get(i), alternatives.get(j))) {
                    node.checkedOnly(
                            "oneOf",
                            "a value may fit alternatives "
                                    + i
                                    + " and "
                                    + j
                                    + "; give them a required property with a const each, or use"
                                    + " anyOf");
                    return;
                }
            }
        }
    }
}
