package dev.tandem.runtime.wire.rest;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.TypeRegistry;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.RouteTable;
import io.helidon.http.HttpException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** JSON over HTTP/1.1 and HTTP/2: the bindings of all services, and a path for each method. */
public final class RestWire implements AutoCloseable {
    /**
     * Above this Helidon itself refuses a body; in bytes. Below it the limit of the settings
     * counts.
     */
    private static final long LARGEST_BODY = 16L << 20;

    /** What Helidon's routes throw that is no error, or says all by its status (RFC 9110). */
    private static final Set<Integer> WITHOUT_BODY = Set.of(301, 302, 303, 304, 307, 308, 412, 416);

    private final RouteTable table;
    private final Pages pages = new Pages();
    private final Timers timers = new Timers();
    private final FirstDoor door;
    private final DeadEnd deadEnd;
    private final RefusedCalls refused;
    private final int largestBody;
    private final long largestBodyEver;

    /** A wire that never leaves HTTP. */
    public RestWire(
            Collection<Service> services,
            RouteTable table,
            Pipeline pipeline,
            Calls calls,
            RestSettings settings) {
        this(services, table, pipeline, calls, settings, request -> null);
    }

    /**
     * Compiles the codecs.
     *
     * @param services what is served
     * @param table their routes
     * @param pipeline the policies before every request and around every method
     * @param calls where the calls of this wire are known
     * @param upgrades which requests leave HTTP
     * @throws IllegalArgumentException where options contradict each other, which the table has
     *     checked
     */
    public RestWire(
            Collection<Service> services,
            RouteTable table,
            Pipeline pipeline,
            Calls calls,
            RestSettings settings,
            Upgrades upgrades) {
        largestBody = settings.maxRequestBytes();
        largestBodyEver = Math.max(2L * settings.maxRequestBytes(), LARGEST_BODY);
        this.table = table;
        Map<Profile, JsonCodecs> codecs = codecs(services);
        Map<MethodDescriptor, Method<?, ?>> served = new HashMap<>();
        for (Service service : services) {
            for (Method<?, ?> method : service.methods()) {
                served.put(method.descriptor(), pipeline.wrap(method));
            }
        }
        IdentityHashMap<Route, Endpoint> endpoints = new IdentityHashMap<>();
        for (Route route : table.routes()) {
            JsonCodecs ofProfile = codecs.get(route.profile());
            if (ofProfile != null) {
                endpoints.put(route, new Endpoint(route, served, ofProfile));
            }
        }
        door =
                new FirstDoor(
                        new Places(table, endpoints, pages, upgrades),
                        pipeline,
                        calls,
                        settings,
                        timers);
        deadEnd = new DeadEnd(table, pages);
        refused = new RefusedCalls(pipeline, calls);
    }

    private static Map<Profile, JsonCodecs> codecs(Collection<Service> services) {
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        services.forEach(service -> types.add(service.descriptor().getFile().getMessageTypes()));
        TypeRegistry registry = types.build();
        Map<Profile, JsonCodecs> codecs = new EnumMap<>(Profile.class);
        for (Profile profile : Profile.values()) {
            codecs.put(profile, new JsonCodecs(profile, registry));
        }
        return codecs;
    }

    /** What is served: for those who describe it. */
    public RouteTable table() {
        return table;
    }

    /**
     * Installs the wire.
     *
     * @param routing of the server; may have filters already, no routes
     * @param addPages adds the routes that are not methods'
     */
    public void install(
            WebServerConfig.Builder server,
            HttpRouting.Builder routing,
            Consumer<HttpRouting.Builder> addPages) {
        routing.addFilter(door);
        routing.error(Throwable.class, RestWire::failed);
        addPages.accept(pages.over(routing));
        routing.any(this::nothing);
        server.routing(routing);
        server.directHandlers(HelidonErrors.everywhere(refused, largestBody));
        server.contentEncoding(BodiesAsTheyCome.context());
        server.maxPayloadSize(largestBodyEver);
        server.writeBufferSize(0); // each event is one write; a buffer would only copy it
    }

    /** Owned streams go to the handler, but those that their wire refused: they are answered. */
    public StreamHandler refusing(StreamHandler handler) {
        return new RefusedStreams(refused, handler);
    }

    private void nothing(ServerRequest request, ServerResponse response) {
        try {
            deadEnd.answer(request.prologue(), reply(request));
        } catch (CancelledException e) {
            throw new CloseConnectionException("the client left");
        }
    }

    private static void failed(ServerRequest request, ServerResponse response, Throwable thrown) {
        if (thrown instanceof CancelledException) {
            throw new CloseConnectionException("the client left");
        }
        Call call = request.context().get(Call.class).orElse(null);
        if (call == null) {
            throw new IllegalStateException("a request came past the first door", thrown);
        }
        if (thrown instanceof HttpException e && WITHOUT_BODY.contains(e.status().code())) {
            e.headers().forEach(response::header);
            reply(request).sendBare(e.status().code());
            return;
        }
        reply(request).sendError(HelidonErrors.translated(thrown, call));
    }

    private static Reply reply(ServerRequest request) {
        return request.context()
                .get(Reply.class)
                .orElseThrow(() -> new IllegalStateException("a request came past the first door"));
    }

    /** Stops the timers. To be called when no call runs any more. */
    @Override
    public void close() {
        timers.close();
    }
}
