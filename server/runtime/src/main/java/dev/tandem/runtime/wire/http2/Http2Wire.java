package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import dev.tandem.runtime.wire.connection.Sweep;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.spi.ServerConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The HTTP/2 side of a port. */
public final class Http2Wire {
    private final Http2Setup setup;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<ClientConnection> ended = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /** A wire whose owned streams go to the handler. */
    public Http2Wire(WireSettings settings, StreamOwnership ownership, StreamHandler handler) {
        setup = Http2Setup.of(settings, ownership, handler);
    }

    /**
     * Looks after keepalive and age; to be called every 100 ms or so, with {@link
     * System#nanoTime()}. Does not block.
     */
    public void sweep(long now) {
        Sweep.each(
                open,
                connection -> {
                    if (draining) {
                        connection.lifetime().drain(now);
                    }
                    connection.lifetime().sweep(now);
                    connection.ends().sweep(now);
                    connection.output().senders().sweep(connection.streams().all(), now);
                    var _ = connection.sweepThreads();
                });
        ended.removeIf(ClientConnection::sweepThreads);
    }

    /** Connections that have not ended. */
    public int connections() {
        return open.size();
    }

    /** Whether no stream is in progress and all that was said has been taken by the sockets. */
    public boolean quiet() {
        return open.stream()
                .allMatch(
                        connection -> connection.streams().isEmpty() && connection.output().idle());
    }

    /**
     * Whether no connection is left. A connection that drains takes calls that crossed its GOAWAY
     * on their way, so it is not over when no stream is in progress.
     */
    public boolean over() {
        return open.isEmpty();
    }

    /** Ends what is left of every connection now. */
    public void end() {
        open.forEach(connection -> connection.kill("the server has stopped"));
    }

    /** Streams in progress, on all connections. */
    public int inFlight() {
        return open.stream().mapToInt(connection -> connection.streams().size()).sum();
    }

    /**
     * Bytes that wait on all connections: read but not taken by a handler, or written but not taken
     * by a client.
     */
    public int heldBytes() {
        return open.stream()
                .mapToInt(connection ->
                        connection.output().heldBytes() + connection.output().receive().held())
                .sum();
    }

    /**
     * Says GOAWAY on every connection, those that come later included; they close with their last
     * call.
     */
    public void drain() {
        draining = true;
        long now = System.nanoTime();
        open.forEach(connection -> connection.lifetime().drain(now));
    }

    /** Lets the answer to a request be encoded, whatever fields it has: {@link LargeFields}. */
    public static void guard(RoutingRequest request, RoutingResponse response) {
        if (request.prologue().protocolVersion().startsWith("2")) {
            response.beforeSend(() -> LargeFields.keepOutOfTable(response.headers()));
        }
    }

    /** A connection whose preface has come. */
    public ServerConnection connection(ConnectionContext context) {
        return new ClientConnection(context, setup, open, ended);
    }
}
