package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.ClientSocket;
import dev.tandem.runtime.wire.connection.Sweep;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.http1.Http1Wire;
import dev.tandem.runtime.wire.http2.Http2Wire;
import dev.tandem.runtime.wire.tls.TlsDoor;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one selector of a port: takes every connection as it comes and finds out what it speaks.
 *
 * <p>Helidon 4.5.0 would do so by itself, but lets a client that says nothing wait for ever, takes
 * an HTTP/2 preface that comes in pieces for HTTP/1.1, closes without an answer on what it does not
 * know, and does not follow ALPN. A selector that is the only one is asked before anything is read.
 */
final class Arrivals implements ServerConnectionSelector {
    static final String H2 = "h2";
    static final String HTTP_1_1 = "http/1.1";

    /** The best first. */
    static final List<String> PROTOCOLS = List.of(H2, HTTP_1_1);

    private final Http1Wire http1;
    private final Http2Wire http2;
    private final AcceptedSockets accepted;
    private final @Nullable TlsDoor tls;
    private final WireSettings settings;
    private final WrongDoor wrongDoor = new WrongDoor();
    private final Set<StepLimit> limits = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /**
     * @param tls null for a port without, or where Helidon itself does it
     */
    Arrivals(
            Http1Wire http1,
            Http2Wire http2,
            AcceptedSockets accepted,
            @Nullable TlsDoor tls,
            WireSettings settings) {
        this.http1 = http1;
        this.http2 = http2;
        this.accepted = accepted;
        this.tls = tls;
        this.settings = settings;
    }

    ServerConnection speaking(
            Greeting.Kind protocol, ConnectionContext arrived, ClientSocket socket) {
        return protocol == Greeting.Kind.HTTP_2
                ? http2.connection(arrived)
                : http1.connection(arrived, socket);
    }

    @Nullable TlsDoor tls() {
        return tls;
    }

    /** Time for the TLS handshake. */
    Duration handshake() {
        return settings.opening().handshake();
    }

    /** Time until the protocol is known, TLS apart. */
    Duration firstWords() {
        return settings.http1().headTime();
    }

    WrongDoor wrongDoor() {
        return wrongDoor;
    }

    void watch(StepLimit limit) {
        limits.add(limit);
    }

    void unwatch(StepLimit limit) {
        limits.remove(limit);
    }

    /** Who arrives now or from now on must be quick. */
    void drain() {
        draining = true;
        limits.forEach(limit -> limit.hurry(Arrival.MOMENT));
    }

    boolean draining() {
        return draining;
    }

    /** Ends those that take too long; to be called every 100 ms or so. */
    void sweep(long now) {
        Sweep.each(limits, limit -> limit.sweep(now));
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.copyOf(PROTOCOLS);
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Arrival(context, this, accepted.claim(context));
    }
}
