package dev.tandem.runtime;

import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.transcoding.route.RouteTable;
import io.helidon.webserver.WebServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A running server: services on one port, by every wire.
 *
 * <pre>{@code
 * try (Server server = Server.builder().port(8080).service(people.service()).start()) {
 *     …
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Server.class.getName());

    /** How long cancelled calls may take to end before the port is closed under them. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final Duration QUIET_LOOK = Duration.ofMillis(5);

    private final WebServer web;
    private final Parts parts;
    private final Duration drainLimit;
    private final AtomicBoolean closed = new AtomicBoolean();

    Server(WebServer web, Parts parts, Duration drainLimit) {
        this.web = web;
        this.parts = parts;
        this.drainLimit = drainLimit;
    }

    /** Begins a server. */
    public static ServerBuilder builder() {
        return new ServerBuilder();
    }

    /** The port on which it listens. */
    public int port() {
        return web.port();
    }

    /** The calls that run now. */
    public Calls calls() {
        return parts.calls();
    }

    /** What is served over HTTP: for those who describe it. */
    public RouteTable routes() {
        return parts.rest().table();
    }

    /** Tells those who watch gRPC health that the readiness may have changed. */
    public void readinessChanged() {
        parts.health().changed();
    }

    /**
     * A call is over when its answer is written; the last of it may still be on its way to the
     * socket.
     */
    private void awaitQuiet() throws InterruptedException {
        long until = System.nanoTime() + LAST_WORDS.toNanos();
        while (!parts.wires().quiet() && System.nanoTime() < until) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(QUIET_LOOK.toNanos());
        }
    }

    /**
     * Drains and stops: not ready any more; clients are told to go elsewhere; running calls end by
     * themselves until the drain limit and are cancelled then. Blocks as long. Idempotent.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        parts.readiness().drain();
        parts.health().drain();
        parts.wires().drain();
        try {
            if (!parts.calls().awaitIdle(drainLimit)) {
                LOG.log(
                        Level.INFO,
                        "the drain limit is up: cancelling " + parts.calls().inFlight() + " calls");
                parts.calls().cancelAll(CancelCause.SHUTDOWN);
                parts.calls().awaitIdle(LAST_WORDS);
            }
            awaitQuiet();
        } catch (InterruptedException e) {
            parts.calls().cancelAll(CancelCause.SHUTDOWN);
            Thread.currentThread().interrupt();
        }
        web.stop();
        parts.close();
    }
}
