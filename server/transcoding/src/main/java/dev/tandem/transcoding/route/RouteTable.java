package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tandem.transcoding.json.OptionRules;
import dev.tandem.transcoding.schema.Declarations;
import dev.tandem.transcoding.schema.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All routes of a server, compiled once: read by the router and by everything that describes it.
 */
public final class RouteTable {
    private final List<Route> routes;
    private final PathTree tree = new PathTree();
    private final Set<String> customVerbs = new HashSet<>();

    private RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (Route route : routes) {
            tree.add(route);
            customVerbs.add(route.path().verb());
        }
    }

    /**
     * Compiles the bindings of services, and for each method whose client sends one message {@code
     * POST /package.Service/Method}.
     *
     * @throws RouteException with everything that is wrong with bindings and with the JSON options
     *     of requests and responses, naming file, line and declaration
     */
    public static RouteTable of(Collection<ServiceDescriptor> services) {
        Problems problems =
                new Problems(
                        Declarations.of(
                                services.stream().map(ServiceDescriptor::getFile).toList()));
        List<Route> routes = new RouteCompiler(problems).compile(services);
        Set<Descriptor> types = new LinkedHashSet<>();
        services.stream()
                .flatMap(service -> service.getMethods().stream())
                .forEach(method -> {
                    types.add(method.getInputType());
                    types.add(method.getOutputType());
                });
        OptionRules.check(types, problems);
        if (!problems.found().isEmpty()) {
            throw new RouteException(problems.found());
        }
        return new RouteTable(routes);
    }

    /** All routes, in the order of the .proto files. */
    public List<Route> routes() {
        return routes;
    }

    /**
     * Finds what answers a request. HEAD finds the route of GET.
     *
     * @param verb the HTTP method
     * @param rawPath the path as it was sent, percent-encoded, without query
     */
    public RouteMatch match(String verb, String rawPath) {
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
