package dev.tandem.runtime;

import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.transcoding.route.RouteTable;
import io.helidon.webserver.WebServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

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

    /** How long connections without calls may take to end. */
    private static final Duration LAST_CONNECTIONS = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(5);

    private final WebServer web;
    private final Parts parts;
    private final DrainPlan drain;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Server(WebServer web, Parts parts, DrainPlan drain) {
        this.web = web;
        this.parts = parts;
        this.drain = drain;
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
     * What a program's main method ends with: logs the port, and blocks until the server has
     * stopped. Ctrl-C and SIGTERM {@link #close} it; so does an interrupt of this thread, which
     * stays interrupted; any other thread may.
     */
    public void runUntilStopped() {
        Thread closing = Thread.ofPlatform().name("stop-server").unstarted(this::closeAtExit);
        if (!atExit(closing)) {
            close();
            return;
        }
        LOG.log(Level.INFO, () -> "listens on port " + port());
        try {
            stopped.await();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        }
        notAtExit(closing);
    }

    /** The program is killed when this returns: waits where another thread closes already. */
    void closeAtExit() {
        close();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    /** False where the program is about to exit. */
    private static boolean atExit(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "stopped before it was run", e);
            return false;
        }
    }

    /** Nothing keeps a server that has stopped. */
    private static void notAtExit(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the program exits: the hook has run", e);
        }
    }

    /**
     * Drains and stops: not ready any more, and after the drain delay clients are told to go
     * elsewhere; running calls end by themselves until the drain limit and are cancelled then, each
     * with a last word to its client. Blocks as long; an interrupt ends the waits, so that what
     * still runs is cancelled at once. Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                drainAndStop();
            } finally {
                stopped.countDown();
            }
        }
    }

    private void drainAndStop() {
        parts.readiness().drain();
        parts.health().drain();
        boolean interrupted = pause();
        parts.wires().drain();
        // stops to listen at once, and waits for the connections
        Thread stopping = Thread.ofVirtual().name("stop-web").start(web::stop);
        try {
            if (!await(this::over, interrupted ? Duration.ZERO : drain.limit())) {
                cutShort();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            cutShort();
        }
        interrupted |= join(stopping);
        parts.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Longer than {@link #close} ever waits, which ends connections by itself. */
    static Duration gracePeriod(DrainPlan drain) {
        return drain.limit().plus(LAST_WORDS).plus(LAST_CONNECTIONS);
    }

    /**
     * Waits for the last connections; what is left then are handlers that heed nothing, and nobody
     * waits for them. True when interrupted.
     */
    private static boolean join(Thread stopping) {
        try {
            if (!stopping.join(LAST_CONNECTIONS)) {
                LOG.log(Level.WARNING, "the server stops although handlers still run");
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Waits for balancers to see that the server is not ready; true when interrupted. */
    private boolean pause() {
        try {
            await(() -> false, drain.delay());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Cancels what still runs, and lets it say why. */
    private void cutShort() {
        int left = parts.calls().inFlight();
        if (left > 0) {
            LOG.log(Level.INFO, "running calls are not waited for any longer: cancelling " + left);
        }
        parts.calls().cancelAll(CancelCause.SHUTDOWN);
        try {
            await(this::quiet, LAST_WORDS);
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "in a hurry: running calls are not waited for", e);
        }
        parts.wires().end();
    }

    private boolean over() {
        return parts.calls().inFlight() == 0 && parts.wires().over();
    }

    /**
     * A call is over when its answer is written; the last of it may still be on its way to the
     * socket.
     */
    private boolean quiet() {
        return parts.calls().inFlight() == 0 && parts.wires().quiet();
    }

    /** Looks again and again, because nobody tells; false when the time was up first. */
    private static boolean await(BooleanSupplier condition, Duration limit)
            throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }
}
