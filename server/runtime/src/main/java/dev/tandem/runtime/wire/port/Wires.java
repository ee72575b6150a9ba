package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.http1.Http1Wire;
import dev.tandem.runtime.wire.http2.Http2Wire;
import dev.tandem.runtime.wire.tls.TlsDoor;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Both wires of one port, and the one thread that looks after their connections.
 *
 * <p>To stop: readiness down, {@link #drain()}, wait with a limit until it is {@link #over()}, stop
 * the server, {@link #close()}.
 */
public final class Wires implements Filter, AutoCloseable {
    private static final long HTTP1_SWEEP_MILLIS = 20;
    private static final long HTTP2_SWEEP_MILLIS = 100;

    private final AcceptedSockets accepted;
    private final Duration maxAge;
    private final Http1Wire http1;
    private final Http2Wire http2;
    private final Arrivals arrivals;
    private final @Nullable TlsDoor tls;
    private final ScheduledThreadPoolExecutor sweeper;
    private volatile boolean draining;

    private Wires(
            AcceptedSockets accepted,
            Http1Wire http1,
            Http2Wire http2,
            WireSettings settings,
            @Nullable TlsDoor tls) {
        this.accepted = accepted;
        this.maxAge = settings.age().max();
        this.http1 = http1;
        this.http2 = http2;
        this.tls = tls;
        arrivals = new Arrivals(http1, http2, accepted, tls, settings);
        sweeper =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("wire-sweep").factory());
    }

    /**
     * Puts both wires into a server that is not built yet, before Helidon's own protocols, and
     * switches TCP_NODELAY on: without it a small answer waits 40 ms for the client's
     * acknowledgement. Add the result to the routing as its first filter, so that HTTP/1.1 clients
     * are told when the port drains.
     *
     * @param ownership says which HTTP/2 streams go to the handler; all others are the routing's
     */
    public static Wires install(
            WebServerConfig.Builder server,
            WireSettings settings,
            StreamOwnership ownership,
            StreamHandler handler) {
        return install(server, settings, null, ownership, handler);
    }

    /**
     * As {@link #install(WebServerConfig.Builder, WireSettings, StreamOwnership, StreamHandler)},
     * with TLS.
     *
     * @param tls closed with the result; null for a port without TLS, or where Helidon does it
     */
    public static Wires install(
            WebServerConfig.Builder server,
            WireSettings settings,
            @Nullable TlsDoor tls,
            StreamOwnership ownership,
            StreamHandler handler) {
        SocketOptions.Builder options = SocketOptions.builder();
        server.connectionOptions().ifPresent(options::from);
        DeadClients.probe(options.tcpNoDelay(true), settings.tcp());
        SpareDescriptors descriptors = new SpareDescriptors();
        AcceptedSockets accepted =
                new AcceptedSockets(
                        options.build(),
                        settings.opening().handshake(),
                        new ListeningOptions(settings),
                        descriptors);
        Wires wires =
                new Wires(
                        accepted,
                        new Http1Wire(settings),
                        new Http2Wire(settings, ownership, handler),
                        settings,
                        tls);
        server.connectionOptions(accepted);
        // Helidon's own selectors would be asked beside ours, which then is not asked at once
        server.addConnectionSelector(wires.arrivals).protocolsDiscoverServices(false);
        int most = mostConnections(settings.opening().maxConnections(), descriptors.connections());
        if (most > 0) {
            server.maxTcpConnections(most);
        }
        wires.start();
        return wires;
    }

    /** The lesser of two numbers of which 0 says any. */
    private static int mostConnections(int wanted, int possible) {
        return wanted == 0 || possible == 0 ? wanted + possible : Math.min(wanted, possible);
    }

    private void start() {
        every(HTTP1_SWEEP_MILLIS, () -> http1.sweep(System.nanoTime()));
        every(HTTP2_SWEEP_MILLIS, () -> accepted.sweep(System.nanoTime()));
        every(HTTP2_SWEEP_MILLIS, () -> http2.sweep(System.nanoTime()));
        every(HTTP2_SWEEP_MILLIS, () -> arrivals.sweep(System.nanoTime()));
    }

    private void every(long millis, Runnable task) {
        var _ = sweeper.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Tells an HTTP/1.1 client that its connection closes after this answer, once the port drains,
     * the connection is old, or a body that was announced was not asked for.
     */
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if ((draining || Http1Wire.onOld(request, maxAge)) && http1.endAfter(request)) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        http1.endUnlessContinued(request, response);
        Http2Wire.guard(request, response);
        chain.proceed();
    }

    /**
     * Begins to end every connection in order. HTTP/2: GOAWAY; calls in progress go on, later ones
     * are refused with REFUSED_STREAM, which clients repeat elsewhere. HTTP/1.1: an idle connection
     * closes now, another after its answer. Connections that still come are treated alike.
     */
    public void drain() {
        draining = true;
        arrivals.drain();
        http2.drain();
        http1.drain();
    }

    /**
     * Whether a port that drains has nothing left to do: no call over HTTP/1.1, and no HTTP/2
     * connection. Calls that were on their way when it began to drain have been answered then.
     */
    public boolean over() {
        return http1.inFlight() == 0 && http2.over();
    }

    /**
     * Ends the HTTP/2 connections that a drain has left over; those of HTTP/1.1 end with the
     * server.
     */
    public void end() {
        http2.end();
    }

    /** Calls in progress over both protocols. */
    public int inFlight() {
        return http1.inFlight() + http2.inFlight();
    }

    /** Bytes that wait on HTTP/2 connections for a handler or for a client. */
    public int heldBytes() {
        return http2.heldBytes();
    }

    /** Connections that speak HTTP/2. */
    public int http2Connections() {
        return http2.connections();
    }

    /** HTTP/1.1 connections that have begun to speak, idle ones included. */
    public int http1Connections() {
        return http1.open();
    }

    /** Whether no call is in progress and all answers have been taken by the sockets. */
    public boolean quiet() {
        return http1.inFlight() == 0 && http2.quiet();
    }

    /**
     * Stops the sweep; connections live on without keepalive, age and the watch for clients that
     * leave.
     */
    @Override
    public void close() {
        sweeper.shutdownNow();
        if (tls != null) {
            tls.close();
        }
    }
}
