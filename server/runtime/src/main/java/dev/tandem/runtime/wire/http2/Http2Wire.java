package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import dev.tandem.runtime.wire.connection.Sweep;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The HTTP/2 side of a port. */
public final class Http2Wire implements ServerConnectionSelector {
    /** Of the preface; no method of HTTP/1.1 may be called so (RFC 9113, section 3.4). */
    private static final byte[] BEGIN = {'P', 'R', 'I', ' '};

    private final Http2Setup setup;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
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
                    connection.ends().sweep(now, setup.settings().patience().body().toNanos());
                    connection.output().senders().sweep(connection.streams().all(), now);
                });
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

    /**
     * Helidon 4.5.0 waits without a limit for the bytes that tell the protocol, 25 for its own
     * HTTP/2; so {@link ClientConnection}, which has limits, takes over after four.
     */
    @Override
    public int bytesToIdentifyConnection() {
        return BEGIN.length - 1; // Helidon asks once it has more than that
    }

    @Override
    public Support supports(BufferData data) {
        for (byte expected : BEGIN) {
            if (data.read() != expected) {
                return Support.UNSUPPORTED;
            }
        }
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of("h2");
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new ClientConnection(context, setup, open);
    }
}
