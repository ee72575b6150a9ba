package dev.tandem.transcoding.openapi;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.Descriptor;
import dev.tandem.transcoding.json.Shape;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The schemas that others refer to, one for each message type; two where more is read than is
 * written. Which of the two it takes is known when all are: until then references hold a key's text
 * and {@link Names} replaces it.
 */
final class Components {
    /** The suffix of the schema of what is read, where what is written looks otherwise. */
    private static final String INPUT = "Input";

    private final Map<Key, JsonObject> schemas = new LinkedHashMap<>();
    private final Map<String, Key> byText = new HashMap<>();
    private final Deque<Shape.Nested> open = new ArrayDeque<>();
    private final Deque<Key> openKeys = new ArrayDeque<>();
    private final Map<Direction, Map<Boolean, Messages>> writers = new HashMap<>();

    private final Comments comments;
    private final DeclaredExamples examples = new DeclaredExamples();

    Components(Comments comments) {
        this.comments = comments;
        for (Direction direction : Direction.values()) {
            Map<Boolean, Messages> ofDirection = new HashMap<>();
            for (boolean canonical : List.of(false, true)) {
                ofDirection.put(canonical, messages(direction, canonical));
            }
            writers.put(direction, ofDirection);
        }
    }

    private Messages messages(Direction direction, boolean canonical) {
        return new Messages(
                properties(direction, canonical), comments, examples, direction, canonical);
    }

    /** The schema of a value that stands by itself. */
    Node of(Shape shape, Direction direction, boolean canonical) {
        return values(direction, canonical).of(shape, Rules.NONE, new ArrayList<>());
    }

    /** Schemas of properties that stand by themselves. */
    Properties properties(Direction direction, boolean canonical) {
        return new Properties(values(direction, canonical), comments, direction);
    }

    private Values values(Direction direction, boolean canonical) {
        return new Values(
                nested -> ref(nested, direction, canonical), comments, direction, canonical);
    }

    /** A reference to the schema of a message. */
    Node ref(Shape.Nested nested, Direction direction, boolean canonical) {
        Key key = new Key(nested.type(), direction, canonical);
        if (byText.putIfAbsent(key.text(), key) == null) {
            open.add(nested);
            openKeys.add(key);
        }
        return Node.ref(key.text());
    }

    /** The schema itself, without some fields that are given elsewhere. */
    Node inline(Shape.Nested nested, Direction direction, boolean canonical, Set<String> omitted) {
        return writer(direction, canonical).of(nested.object(), omitted);
    }

    private Messages writer(Direction direction, boolean canonical) {
        return requireNonNull(requireNonNull(writers.get(direction)).get(canonical));
    }

    /** Compiles all that is referred to and gives the references their names. */
    Names finish(Set<String> reserved) {
        while (!open.isEmpty()) {
            Shape.Nested nested = open.remove();
            Key key = openKeys.remove();
            Node schema = inline(nested, key.direction(), key.canonical(), Set.of());
            schemas.put(key, schema.json());
        }
        return new Names(schemas, byText, split(), reserved);
    }

    /** The types whose two schemas differ, or refer to such. */
    private Set<Key> split() {
        Map<Key, Set<Key>> refs = new HashMap<>();
        Set<Key> differing = new HashSet<>();
        schemas.forEach((key, schema) -> {
            refs.put(key, References.of(schema, byText));
            JsonObject other = schemas.get(key.other());
            if (other != null
                    && !References.renamed(schema, Key::neutral)
                            .equals(References.renamed(other, Key::neutral))) {
                differing.add(key);
            }
        });
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Key key : schemas.keySet()) {
                boolean reaches =
                        refs.getOrDefault(key, Set.of()).stream().anyMatch(differing::contains);
                if (reaches && schemas.containsKey(key.other()) && !differing.contains(key)) {
                    differing.add(key);
                    differing.add(key.other());
                    grew = true;
                }
            }
        }
        return differing;
    }

    /**
     * A schema before it has its name.
     *
     * @param canonical is it of the canonical profile?
     */
    record Key(Descriptor type, Direction direction, boolean canonical) {
        Key other() {
            return new Key(
                    type,
                    direction == Direction.READ ? Direction.WRITTEN : Direction.READ,
                    canonical);
        }

        String text() {
            return direction + ":" + (canonical ? "canonical:" : "") + type.getFullName();
        }

        static String neutral(String text) {
            return text.substring(text.indexOf(':'));
        }
    }

    /** The names of all schemas. */
    static final class Names {
        private final Map<Key, JsonObject> schemas;
        private final Map<String, String> byText = new HashMap<>();

        Names(
                Map<Key, JsonObject> schemas,
                Map<String, Key> keys,
                Set<Key> split,
                Set<String> reserved) {
            this.schemas = schemas;
            Map<String, Set<Descriptor>> wanted = new HashMap<>();
            schemas.keySet()
                    .forEach(key ->
                            wanted.computeIfAbsent(simple(key), _ -> new HashSet<>())
                                    .add(key.type()));
            Set<String> taken = new HashSet<>(reserved);
            Map<Key, String> names = new HashMap<>();
            schemas.keySet()
                    .forEach(key -> {
                        String simple = simple(key);
                        boolean unique =
                                wanted.getOrDefault(simple, Set.of()).size() == 1
                                        && !reserved.contains(simple);
                        names.put(
                                key, unique || key.canonical() ? simple : key.type().getFullName());
                    });
            taken.addAll(names.values());
            keys.forEach((text, key) -> {
                String name = names.getOrDefault(key, text);
                boolean input = split.contains(key) && key.direction() == Direction.READ;
                byText.put(text, input ? suffixed(name, taken) : name);
            });
        }

        private static String suffixed(String name, Set<String> taken) {
            String suffixed = name + INPUT;
            while (taken.contains(suffixed)) {
                suffixed += "_";
            }
            return suffixed;
        }

        /** Without its package in the contract's profile, the full name in the canonical one. */
        private static String simple(Key key) {
            String full = key.type().getFullName();
            String inPackage = key.type().getFile().getPackage();
            if (key.canonical()) {
                return inPackage.isEmpty() ? "canonical." + full : full;
            }
            return inPackage.isEmpty()
                    ? full
                    : full.substring(inPackage.length() + 1).replace(".", "");
        }

        /** The schemas, by their names. */
        Node schemas() {
            Map<String, JsonObject> sorted = new TreeMap<>();
            schemas.forEach((key, schema) -> {
                String name = byText.getOrDefault(key.text(), key.text());
                sorted.put(name, named(schema));
            });
            Node all = new Node();
            Set<String> taken = new HashSet<>(sorted.keySet());
            sorted.forEach((name, schema) -> all.put(name, Titles.under(name, schema, taken)));
            return all;
        }

        /** The same with the names of schemas in all references. */
        JsonObject named(JsonObject tree) {
            return References.renamed(tree, text -> byText.getOrDefault(text, text));
        }
    }
}
