package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.wire.connection.ClientSocket;
import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Sweep;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The HTTP/1.1 side of a port.
 *
 * <p>It has no upgraders. Helidon 4.5.0 would serve an h2c upgrade on an HTTP/2 connection of its
 * own, past our selector, and give Java's HttpClient, which asks for one with its first POST, an
 * empty body. Without upgraders the header is ignored and HTTP/1.1 goes on, as RFC 9110, section
 * 7.8, allows.
 */
public final class Http1Wire {
    private final ServerConnectionSelector http1;
    private final WireSettings settings;
    private final Set<Http1Connection> open = ConcurrentHashMap.newKeySet();

    /** A wire of one port. */
    public Http1Wire(WireSettings settings) {
        this.settings = settings;
        // all of it was checked, and answered, before Helidon reads it
        Http1Config trusting =
                Http1Config.builder()
                        .maxPrologueLength(settings.http1().maxHeadBytes())
                        .maxHeadersSize(2 * settings.http1().maxHeadBytes())
                        .validatePrologue(false)
                        .validatePath(false)
                        .validateRequestHeaders(false)
                        .buildPrototype();
        http1 = Http1ConnectionSelector.builder().config(trusting).build();
    }

    /**
     * Looks after long calls and slow clients; to be called every 20 ms or so, with {@link
     * System#nanoTime()}. Does not block.
     */
    public void sweep(long now) {
        Sweep.each(open, connection -> connection.sweep(now));
    }

    /** Calls in progress. */
    public int inFlight() {
        return (int) open.stream().filter(Http1Connection::busy).count();
    }

    /** Connections, idle ones included. */
    public int open() {
        return open.size();
    }

    /** Ends idle connections now, the others after their call. */
    public void drain() {
        open.forEach(connection -> connection.close(false));
    }

    /**
     * Lets the request be the last of its connection; false when it did not come over HTTP/1.1.
     * Helidon 4.5.0 reads on after an answer that said {@code Connection: close}.
     */
    public boolean endAfter(ServerRequest request) {
        if (request.remotePeer() instanceof Peer peer
                && peer.connection() instanceof Http1Connection connection) {
            connection.close(false);
            return true;
        }
        return false;
    }

    /**
     * Lets an answer be the connection's last where the client waits to be told to go on with its
     * body, and was not: what it sends then, body or request, nobody can know. Helidon 4.5.0 would
     * take it for a request.
     */
    public void endUnlessContinued(RoutingRequest request, RoutingResponse response) {
        if (request.headers().contains(HeaderNames.EXPECT) && request.content().hasEntity()) {
            response.beforeSend(() -> {
                if (!request.continueSent() && endAfter(request)) {
                    response.header(HeaderValues.CONNECTION_CLOSE);
                }
            });
        }
    }

    /** Whether the request came on a connection of ours that is older than it may be. */
    public static boolean onOld(ServerRequest request, Duration age) {
        return request.remotePeer() instanceof Peer peer
                && peer.connection() instanceof Http1Connection connection
                && connection.olderThan(age);
    }

    /** A connection that speaks HTTP/1.1, or no protocol at all: then it is told so. */
    public ServerConnection connection(ConnectionContext context, ClientSocket socket) {
        return new Http1Connection(context, http1, settings, socket, open);
    }
}
