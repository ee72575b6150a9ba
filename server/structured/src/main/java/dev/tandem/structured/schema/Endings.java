package dev.tandem.structured.schema;

import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.ArrayValue;
import dev.tandem.structured.schema.Schema.Nothing;
import dev.tandem.structured.schema.Schema.ObjectValue;
import dev.tandem.structured.schema.Schema.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recursion that ends: a value that has begun can always be finished. */
final class Endings {
    private final Set<String> ending = new HashSet<>();

    private Endings(Map<String, Schema> definitions) {
        int before;
        do {
            before = ending.size();
            definitions.forEach((pointer, schema) -> {
                if (ends(schema)) {
                    ending.add(pointer);
                }
            });
        } while (ending.size() > before);
    }

    /** Definitions that stand for themselves, with nothing between. */
    static List<Problem> circular(Map<String, Schema> definitions) {
        List<Problem> problems = new ArrayList<>();
        for (String pointer : definitions.keySet()) {
            if (reaches(new Reference(pointer), pointer, definitions, new HashSet<>())) {
                problems.add(new Problem(pointer, "this schema stands for itself"));
            }
        }
        return problems;
    }

    private static boolean reaches(
            Schema from, String goal, Map<String, Schema> definitions, Set<String> seen) {
        return switch (from) {
            case Reference reference -> {
                boolean again = !seen.add(reference.pointer());
                yield again
                        ? reference.pointer().equals(goal)
                        : reaches(
                                definitions.getOrDefault(reference.pointer(), Schema.NOTHING),
                                goal,
                                definitions,
                                seen);
            }
            case AnyOf any ->
                    any.schemas().stream().anyMatch(one -> reaches(one, goal, definitions, seen));
            default -> false;
        };
    }

    /** The schema without the alternatives and properties that could not be finished. */
    static SchemaDocument finite(SchemaDocument document) {
        var endings = new Endings(document.definitions());
        Map<String, Schema> kept = new LinkedHashMap<>();
        document.definitions()
                .forEach((pointer, schema) -> kept.put(pointer, endings.kept(schema)));
        return new SchemaDocument(endings.kept(document.root()), kept, document.checkedOnly());
    }

    private boolean ends(Schema schema) {
        return switch (schema) {
            case Nothing ignored -> false;
            case Reference reference -> ending.contains(reference.pointer());
            case AnyOf any -> any.schemas().stream().anyMatch(this::ends);
            case ArrayValue array -> {
                for (int i = 0; i < array.least(); i++) {
                    if (!ends(array.item(i))) {
                        yield false;
                    }
                }
                yield true;
            }
            case ObjectValue object ->
                    object.required().stream().allMatch(name -> ends(object.property(name)))
                            && (object.leastProperties() == 0 || ends(object.others()));
            default -> true;
        };
    }

    private Schema kept(Schema schema) {
        if (!ends(schema)) {
            return Schema.NOTHING;
        }
        return switch (schema) {
            case AnyOf any -> AnyOf.of(any.schemas().stream().map(this::kept).toList());
            case ArrayValue array ->
                    Items.possible(
                            array.first().stream().map(this::kept).toList(),
                            kept(array.rest()),
                            array.least(),
                            array.most());
            case ObjectValue object -> {
                Map<String, Schema> properties = new LinkedHashMap<>();
                object.properties().forEach((name, one) -> properties.put(name, kept(one)));
                yield new ObjectValue(
                        properties,
                        object.required(),
                        kept(object.others()),
                        object.open(),
                        object.leastProperties(),
                        object.mostProperties());
            }
            default -> schema;
        };
    }
}
