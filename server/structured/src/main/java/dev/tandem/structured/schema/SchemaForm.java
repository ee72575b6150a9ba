package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import dev.tandem.structured.pattern.Automaton;
import dev.tandem.structured.pattern.PatternRefused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether values can be held against a schema within bounds: it is not too large, refers to nothing
 * but itself, and its patterns take linear time. Other than {@link SchemaReader} it takes every
 * keyword; whether their values are right is not looked at.
 */
public final class SchemaForm {
    private static final int MAX_PROBLEMS = 20;

    private final Json root;
    private final SchemaLimits limits;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Place> open = new ArrayDeque<>();

    private record Place(Json schema, String pointer, int depth) {}

    private SchemaForm(Json root, SchemaLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    /** What is wrong with a schema, at most twenty places; empty where nothing is. */
    public static List<Problem> problems(Json schema, SchemaLimits limits) {
        var form = new SchemaForm(schema, limits);
        form.visitAll();
        return List.copyOf(form.problems);
    }

    private void visitAll() {
        reach(root, "", 1);
        while (!open.isEmpty() && problems.size() < MAX_PROBLEMS) {
            Place place = open.remove();
            if (place.schema() instanceof JsonObject schema) {
                visit(schema, place);
            }
        }
    }

    private void reach(Json schema, String pointer, int depth) {
        if (!seen.add(pointer)) {
            return;
        }
        if (seen.size() > limits.schemas()) {
            problem(pointer, "the schema has more than " + limits.schemas() + " schemas inside");
            open.clear();
        } else if (depth > limits.depth()) {
            problem(pointer, "schemas more than " + limits.depth() + " deep");
        } else {
            open.add(new Place(schema, pointer, depth));
        }
    }

    private void visit(JsonObject schema, Place place) {
        String pointer = place.pointer();
        if (!pointer.isEmpty() && schema.members().containsKey("$id")) {
            problem(Pointers.child(pointer, "$id"), "only the whole schema may have an '$id'");
        }
        for (String keyword : List.of("$dynamicRef", "$recursiveRef")) {
            if (schema.members().containsKey(keyword)) {
                problem(Pointers.child(pointer, keyword), "'" + keyword + "': use $ref instead");
            }
        }
        if (schema.members().get("$ref") instanceof JsonString reference) {
            refer(reference.value(), Pointers.child(pointer, "$ref"), place.depth());
        }
        patterns(schema, pointer);
        Subschemas.of(schema, pointer)
                .forEach((inside, each) -> reach(each, inside, place.depth() + 1));
    }

    private void refer(String reference, String at, int depth) {
        String target = Pointers.ofReference(reference);
        if (target == null) {
            problem(at, "only references into this schema are followed, such as #/$defs/name");
            return;
        }
        Json found = Pointers.follow(target, root);
        if (found == null) {
            problem(at, "there is nothing at " + reference);
        } else if (circular(found)) {
            problem(at, "this refers to itself");
        } else {
            reach(found, target, Math.min(depth, limits.depth()));
        }
    }

    /** Do references lead in a circle from here, with nothing between them? */
    private boolean circular(Json from) {
        Set<String> passed = new HashSet<>();
        Json here = from;
        String next = reference(here);
        while (next != null && passed.add(next)) {
            here = Pointers.follow(next, root);
            next = here == null ? null : reference(here);
        }
        return next != null;
    }

    private static @Nullable String reference(Json schema) {
        return schema instanceof JsonObject object
                        && object.members().get("$ref") instanceof JsonString reference
                ? Pointers.ofReference(reference.value())
                : null;
    }

    private void patterns(JsonObject schema, String pointer) {
        if (schema.members().get("pattern") instanceof JsonString pattern) {
            pattern(pattern.value(), Pointers.child(pointer, "pattern"));
        }
        if (schema.members().get("patternProperties") instanceof JsonObject byPattern) {
            String place = Pointers.child(pointer, "patternProperties");
            for (Map.Entry<String, Json> each : byPattern.members().entrySet()) {
                pattern(each.getKey(), Pointers.child(place, each.getKey()));
            }
        }
    }

    private void pattern(String pattern, String at) {
        try {
            Automaton.ofPattern(pattern);
        } catch (PatternRefused e) {
            problem(at, e.getMessage() == null ? "not a pattern" : e.getMessage());
        }
    }

    private void problem(String pointer, String sentence) {
        problems.add(new Problem(pointer, sentence));
    }
}
