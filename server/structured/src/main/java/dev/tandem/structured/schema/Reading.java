package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reading of one schema: what was found in it so far. */
final class Reading implements Definitions {
    private static final int MAX_PROBLEMS = 100;

    private final Json root;
    private final SchemaLimits limits;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> checkedOnly = new LinkedHashSet<>();
    private final Map<String, Schema> definitions = new LinkedHashMap<>();
    private final Set<String> beingRead = new HashSet<>();
    private final Set<String> wanted = new HashSet<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final KnownTexts texts = new KnownTexts();
    private int schemas;
    private int depth;

    Reading(Json root, SchemaLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    SchemaDocument document() throws SchemaRefused {
        Schema whole = schema(root, "");
        while (!waiting.isEmpty() && problems.size() < MAX_PROBLEMS) {
            at(waiting.remove());
        }
        if (problems.isEmpty()) {
            problems.addAll(Endings.circular(definitions));
        }
        if (problems.isEmpty()) {
            var document = new SchemaDocument(whole, definitions, List.copyOf(checkedOnly));
            SchemaDocument finite = Endings.finite(document);
            if (!finite.root().equals(Schema.NOTHING)) {
                return finite;
            }
            problem("", "no value fits this schema, or none that ends");
        }
        throw new SchemaRefused(problems.stream().limit(MAX_PROBLEMS).toList());
    }

    @Override
    public KnownTexts texts() {
        return texts;
    }

    SchemaLimits limits() {
        return limits;
    }

    void problem(String pointer, String sentence) {
        problems.add(new Problem(pointer, sentence));
    }

    /** Notes a rule that only the finished value can be held against. */
    void checkedOnly(String pointer, String sentence) {
        checkedOnly.add(new Problem(pointer, sentence));
    }

    /** Whether the schema at this pointer is read already, or a reference to it waits. */
    @Override
    public Schema at(String pointer) {
        Schema known = definitions.get(pointer);
        if (known != null) {
            return known;
        }
        Json definition = Pointers.follow(pointer, root);
        if (definition == null) {
            return Schema.ANYTHING;
        }
        if (!beingRead.add(pointer)) {
            throw new Undecided("this refers to itself; join the schemas into one");
        }
        Schema read = schema(definition, pointer);
        beingRead.remove(pointer);
        definitions.put(pointer, read);
        return read;
    }

    /** Has the definition read, now or later. */
    void want(String pointer, String at) {
        if (wanted.add(pointer)) {
            waiting.add(pointer);
            if (wanted.size() == limits.definitions() + 1) {
                problem(at, "the schema refers to more than " + limits.definitions() + " others");
            }
        }
    }

    Json root() {
        return root;
    }

    Schema schema(Json json, String pointer) {
        if (++schemas > limits.schemas() || depth >= limits.depth()) {
            problem(
                    pointer,
                    depth >= limits.depth()
                            ? "schemas more than " + limits.depth() + " deep"
                            : "the schema has more than " + limits.schemas() + " schemas inside");
            return Schema.ANYTHING;
        }
        depth++;
        try {
            return switch (json) {
                case JsonBoolean any -> any.value() ? Schema.ANYTHING : Schema.NOTHING;
                case JsonObject object -> combined(new Node(object, pointer, this));
                default -> {
                    problem(pointer, "a schema is an object, or true or false");
                    yield Schema.ANYTHING;
                }
            };
        } finally {
            depth--;
        }
    }

    /** All that one schema says, in one. */
    private Schema combined(Node node) {
        node.refuseUnsupported();
        List<Schema> parts = new ArrayList<>();
        parts.add(Kinds.schema(node));
        parts.addAll(Combining.values(node));
        parts.addAll(Combining.references(node));
        parts.addAll(Combining.schemas(node));
        Schema all = Schema.ANYTHING;
        try {
            var intersection = new Intersection(this);
            for (Schema part : parts) {
                all = intersection.of(all, part);
            }
        } catch (Undecided e) {
            problem(node.pointer(), e.sentence());
        }
        return all;
    }
}
