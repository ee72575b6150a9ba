package dev.tandem.transcoding.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Path templates as a tree of segments. A literal wins over {@code *}, that over {@code **}; where
 * the better branch leads nowhere the search goes back.
 */
final class PathTree {
    /** What stands at the end of a path: routes by HTTP method. */
    static final class Leaf {
        private final Map<String, Route> byVerb = new HashMap<>();

        Map<String, Route> byVerb() {
            return byVerb;
        }
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Leaf> leaves = new HashMap<>(); // by custom verb
        private final Map<String, Leaf> rest = new HashMap<>(); // behind **, by custom verb
        private @Nullable Node one;
    }

    private final Node root = new Node();

    /** Adds a route; the shapes of templates are checked before. */
    void add(Route route) {
        Node node = root;
        Map<String, Leaf> leaves = root.leaves;
        for (Segment segment : route.path().segments()) {
            switch (segment) {
                case Segment.Literal(String text) -> {
                    node = node.literals.computeIfAbsent(text, key -> new Node());
                    leaves = node.leaves;
                }
                case Segment.One() -> {
                    if (node.one == null) {
                        node.one = new Node();
                    }
                    node = node.one;
                    leaves = node.leaves;
                }
                case Segment.Rest() -> leaves = node.rest;
            }
        }
        leaves.computeIfAbsent(route.path().verb(), key -> new Leaf())
                .byVerb
                .put(route.verb(), route);
    }

    /**
     * Shows every leaf that matches, best first, until one is taken.
     *
     * @param segments decoded
     * @param verb the custom verb, empty for none
     * @return was one taken?
     */
    boolean search(List<String> segments, String verb, Predicate<Leaf> taken) {
        return search(root, segments, 0, verb, taken);
    }

    private static boolean search(
            Node node, List<String> segments, int at, String verb, Predicate<Leaf> taken) {
        if (at == segments.size()) {
            return offer(node.leaves, verb, taken) || offer(node.rest, verb, taken);
        }
        String segment = segments.get(at);
        Node literal = node.literals.get(segment);
        return (literal != null && search(literal, segments, at + 1, verb, taken))
                || (node.one != null
                        && !segment.isEmpty()
                        && search(node.one, segments, at + 1, verb, taken))
                || (!endsWithSlash(segments, at) && offer(node.rest, verb, taken));
    }

    /** A slash at the end is no part of what {@code **} takes. */
    private static boolean endsWithSlash(List<String> segments, int at) {
        return at == segments.size() - 1 && segments.getLast().isEmpty();
    }

    private static boolean offer(Map<String, Leaf> leaves, String verb, Predicate<Leaf> taken) {
        Leaf leaf = leaves.get(verb);
        return leaf != null && taken.test(leaf);
    }
}
