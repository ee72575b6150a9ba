package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tandem.transcoding.json.OptionRules;
import dev.tandem.transcoding.schema.Declarations;
import dev.tandem.transcoding.schema.Problems;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All routes of a server, compiled once: read by the router and by everything that describes it.
 */
public final class RouteTable {
    private final List<Route> routes;
    private final RouteIndex index;
    private final List<Route> sockets;
    private final RouteIndex socketIndex;

    private RouteTable(List<Route> routes, List<Route> sockets) {
        this.routes = List.copyOf(routes);
        this.index = new RouteIndex(routes);
        this.sockets = List.copyOf(sockets);
        this.socketIndex = new RouteIndex(sockets);
    }

    /**
     * Compiles the bindings of services, and for each method {@code /package.Service/Method}: by
     * POST where the client sends one message, as a WebSocket where it streams.
     *
     * @throws RouteException with everything that is wrong with bindings and with the JSON options
     *     of requests and responses, naming file, line and declaration
     */
    public static RouteTable of(Collection<ServiceDescriptor> services) {
        Problems problems =
                new Problems(
                        Declarations.of(
                                services.stream().map(ServiceDescriptor::getFile).toList()));
        List<Route> routes = new RouteCompiler(problems).compile(services, false);
        List<Route> sockets = new RouteCompiler(problems).compile(services, true);
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
        return new RouteTable(routes, sockets);
    }

    /** All routes but those of WebSockets, in the order of the .proto files. */
    public List<Route> routes() {
        return routes;
    }

    /**
     * The routes of methods whose client streams, in the order of the .proto files. Each is opened
     * as a WebSocket, by GET; another method may answer the same path without one.
     */
    public List<Route> sockets() {
        return sockets;
    }

    /**
     * Finds what answers a request that asks for no WebSocket. HEAD finds the route of GET.
     *
     * @param verb the HTTP method
     * @param rawPath the path as it was sent, percent-encoded, without query
     */
    public RouteMatch match(String verb, String rawPath) {
        return index.match(verb, rawPath);
    }

    /**
     * Finds the WebSocket at a path.
     *
     * @param rawPath as {@link #match}
     */
    public RouteMatch matchSocket(String rawPath) {
        return socketIndex.match("GET", rawPath);
    }
}
