package dev.tandem.transcoding.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds routes by HTTP method and path. */
final class RouteIndex {
    private final PathTree tree = new PathTree();
    private final Set<String> customVerbs = new HashSet<>();

    RouteIndex(List<Route> routes) {
        for (Route route : routes) {
            tree.add(route);
            customVerbs.add(route.path().verb());
        }
    }

    /**
     * What answers a request. HEAD finds the route of GET.
     *
     * @param verb the HTTP method
     * @param rawPath the path as it was sent, percent-encoded, without query
     */
    RouteMatch match(String verb, String rawPath) {
        if (!rawPath.startsWith("/")) {
            return new RouteMatch.Unknown();
        }
        try {
            Search search = new Search(verb);
            List<String> raw = List.of(rawPath.substring(1).split("/", -1));
            String last = raw.getLast();
            int colon = last.lastIndexOf(':');
            String customVerb = colon < 0 ? "" : PercentDecoding.all(last.substring(colon + 1));
            if (!customVerb.isEmpty() && customVerbs.contains(customVerb)) {
                List<String> trimmed = new ArrayList<>(raw);
                trimmed.set(raw.size() - 1, last.substring(0, colon));
                if (tree.search(decoded(trimmed), customVerb, search)) {
                    return search.found(trimmed);
                }
            }
            return tree.search(decoded(raw), "", search) ? search.found(raw) : search.refusal();
        } catch (PercentDecoding.MalformedException e) {
            return new RouteMatch.Malformed("The path cannot be read: " + e.getMessage() + ".");
        }
    }

    private static List<String> decoded(List<String> raw)
            throws PercentDecoding.MalformedException {
        List<String> decoded = new ArrayList<>(raw.size());
        for (String segment : raw) {
            decoded.add(PercentDecoding.all(segment));
        }
        return decoded;
    }

    /**
     * Takes the first leaf that has the HTTP method; remembers the methods of those that have not.
     */
    private static final class Search implements Predicate<PathTree.Leaf> {
        private final String verb;
        private final SortedSet<String> allowed = new TreeSet<>();
        private @Nullable Route route;

        Search(String verb) {
            this.verb = verb;
        }

        @Override
        public boolean test(PathTree.Leaf leaf) {
            Map<String, Route> byVerb = leaf.byVerb();
            route = byVerb.get(verb);
            if (route == null && verb.equals("HEAD")) {
                route = byVerb.get("GET");
            }
            if (route == null) {
                route = byVerb.get("*");
            }
            allowed.addAll(byVerb.keySet());
            return route != null;
        }

        RouteMatch found(List<String> raw) throws PercentDecoding.MalformedException {
            if (route == null) {
                return refusal();
            }
            List<String> values = new ArrayList<>(route.fields().size());
            for (Variable variable : route.path().variables()) {
                int to = variable.open() ? raw.size() : variable.to();
                int from = Math.min(variable.from(), to);
                String value = String.join("/", raw.subList(from, to));
                values.add(
                        variable.multiSegment()
                                ? PercentDecoding.allButSlashes(value)
                                : PercentDecoding.all(value));
            }
            return new RouteMatch.Found(route, values);
        }

        RouteMatch refusal() {
            if (allowed.isEmpty()) {
                return new RouteMatch.Unknown();
            }
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            allowed.add("OPTIONS");
            return new RouteMatch.OtherVerbs(allowed);
        }
    }
}
