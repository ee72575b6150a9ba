package dev.tandem.runtime.wire.websocket;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.TypeRegistry;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.wire.rest.Upgrade;
import dev.tandem.runtime.wire.rest.Upgrades;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.RouteMatch;
import dev.tandem.transcoding.route.RouteTable;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All methods whose clients stream, as WebSockets. */
public final class Sockets implements Upgrades {
    private static final String WEBSOCKET = "websocket";

    private final RouteTable table;
    private final SocketSettings settings;
    private final IdentityHashMap<Route, SocketEndpoint> endpoints = new IdentityHashMap<>();

    /**
     * Compiles the codecs.
     *
     * @param services what is served
     * @param table their routes
     * @param pipeline the policies around every method
     */
    public Sockets(
            Collection<Service> services,
            RouteTable table,
            Pipeline pipeline,
            SocketSettings settings) {
        this.table = table;
        this.settings = settings;
        Map<MethodDescriptor, Method<?, ?>> methods = new HashMap<>();
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        for (Service service : services) {
            types.add(service.descriptor().getFile().getMessageTypes());
            service.methods().forEach(method -> methods.put(method.descriptor(), method));
        }
        TypeRegistry registry = types.build();
        Map<Profile, JsonCodecs> codecs = new EnumMap<>(Profile.class);
        for (Route route : table.sockets()) {
            Method<?, ?> method = methods.get(route.first());
            if (method == null) {
                throw new IllegalArgumentException(route.first().getFullName() + " is not served");
            }
            JsonCodecs ofProfile =
                    codecs.computeIfAbsent(
                            route.profile(), profile -> new JsonCodecs(profile, registry));
            endpoints.put(route, new SocketEndpoint(route, pipeline.wrap(method), ofProfile));
        }
    }

    @Override
    public @Nullable Upgrade asked(ServerRequest request) {
        if (endpoints.isEmpty() || !asksForWebSocket(request)) {
            return null;
        }
        if (table.matchSocket(request.prologue().uriPath().rawPath())
                instanceof RouteMatch.Found(Route route, var variables)) {
            SocketEndpoint endpoint = endpoints.get(route);
            if (endpoint != null) {
                return new Opening(request, endpoint, variables, settings);
            }
        }
        return null;
    }

    /** RFC 6455, section 4.2.1; over HTTP/2 there is no such header. */
    private static boolean asksForWebSocket(ServerRequest request) {
        return request.headers().contains(HeaderNames.UPGRADE)
                && request.prologue().protocolVersion().startsWith("1")
                && request.prologue().method().text().equals("GET")
                && names(request, HeaderNames.UPGRADE, WEBSOCKET)
                && names(request, HeaderNames.CONNECTION, "upgrade");
    }

    private static boolean names(ServerRequest request, HeaderName header, String token) {
        return request.headers().values(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(each -> each.strip().toLowerCase(Locale.ROOT).equals(token));
    }
}
