package dev.tandem.remote.child;

import dev.tandem.remote.TandemConnection;
import dev.tandem.remote.TandemEngine;
import dev.tandem.remote.TandemSettings;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a child running until it is closed: starts it, waits until its model can answer, asks after
 * its health, kills it where it says nothing, and starts it again.
 */
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Supervisor.class.getName());
    private static final Duration HEALTH_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

    /** The child, while its model can answer. */
    private record Running(ChildProcess process, TandemEngine engine) {}

    private final ChildSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final Pauses pauses;
    private final Path folder;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Running running;
    private volatile @Nullable ChildProcess started;
    private volatile long nextStart = System.nanoTime();
    private volatile boolean ended; // at least once

    private Supervisor(ChildSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
        pauses = new Pauses(settings.restarts());
        thread = Thread.ofPlatform().daemon().name("child-" + settings.name()).unstarted(this::run);
    }

    /** Begins to keep the child; does not wait for it. */
    static Supervisor start(ChildSettings settings) {
        Supervisor supervisor = new Supervisor(settings, emptyFolder());
        supervisor.thread.start();
        return supervisor;
    }

    /** Of this user alone, with files of settings that set nothing: no others are looked for. */
    private static Path emptyFolder() {
        try {
            Path folder = Files.createTempDirectory("tandem-child-");
            Files.createFile(folder.resolve("tandem.yaml"));
            Files.createFile(folder.resolve(".env"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for a child can be made", e);
        }
    }

    /** The way to the child's model; empty while it cannot answer. */
    Optional<TandemEngine> engine() {
        return Optional.ofNullable(running).map(Running::engine);
    }

    /** Was it there before? */
    boolean ended() {
        return ended;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** When it makes sense to ask again. */
    Duration retryAfter() {
        Duration pause = Duration.ofNanos(Math.max(0, nextStart - System.nanoTime()));
        return pause.plus(SHORTEST_RETRY);
    }

    /** The number of the child's process; empty where none runs. */
    Optional<Long> pid() {
        return Optional.ofNullable(started).filter(ChildProcess::alive).map(ChildProcess::pid);
    }

    private void run() {
        try {
            while (!isClosed()) {
                long begun = System.nanoTime();
                String how = runOnce();
                ended = true;
                Duration pause = pauses.after(Duration.ofNanos(System.nanoTime() - begun));
                nextStart = System.nanoTime() + pause.toNanos();
                if (!isClosed()) {
                    LOG.log(
                            Level.WARNING,
                            "the process of {0} {1}; it is started again in {2} ms",
                            settings.name(),
                            how,
                            pause.toMillis());
                }
                boolean _ = closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "{0} is not kept running any more", settings.name());
        }
    }

    /** From a child's begin to its end; how it ended. */
    private String runOnce() throws InterruptedException {
        Secret key = ApiKey.create(random);
        try (ChildProcess child = ChildProcess.start(settings, folder, key)) {
            started = child;
            long deadline = System.nanoTime() + settings.times().start().toNanos();
            OptionalInt port = child.awaitPort(settings.times().start());
            if (port.isPresent()) {
                serve(child, toldAt(port.getAsInt(), key), deadline);
            } else if (child.alive() && !child.awaitEnd(HEALTH_EVERY)) {
                LOG.log(Level.ERROR, "{0} did not tell its port in time", settings.name());
            }
            child.kill(); // ended, or not worth asking
            boolean _ = child.awaitEnd(settings.times().grace());
            return child.ending();
        } catch (IOException e) {
            return "cannot be started: " + e.getMessage();
        }
    }

    /** The limits of a call are those of this server: the child has none of its own. */
    private static TandemSettings toldAt(int port, Secret key) {
        Duration day = Duration.ofHours(24);
        return TandemSettings.of(URI.create("http://127.0.0.1:" + port))
                .key(key)
                .limits(new TandemSettings.Limits(Duration.ofSeconds(10), day, day, 1L << 30));
    }

    private void serve(ChildProcess child, TandemSettings way, long deadline)
            throws InterruptedException {
        try (TandemConnection connection = TandemConnection.open(way);
                TandemEngine engine = new TandemEngine(connection, ParentProcess.MODEL)) {
            while (!engine.ready()) {
                if (System.nanoTime() - deadline > 0) {
                    LOG.log(Level.ERROR, "{0} was not ready in time", settings.name());
                    return;
                }
                if (child.awaitEnd(LOOK_AGAIN)) {
                    return;
                }
            }
            running = new Running(child, engine);
            LOG.log(Level.INFO, "{0} answers; process {1,number,#}", settings.name(), child.pid());
            watch(child, connection);
        } finally {
            running = null;
        }
    }

    /** Until it has ended, or says nothing for too long. */
    private void watch(ChildProcess child, TandemConnection connection)
            throws InterruptedException {
        long heard = System.nanoTime();
        while (!child.awaitEnd(HEALTH_EVERY)) {
            if (connection.answers(settings.times().silence())) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > settings.times().silence().toNanos()) {
                LOG.log(
                        Level.ERROR,
                        "{0} has not said for {1} ms that it is well; it is killed",
                        settings.name(),
                        settings.times().silence().toMillis());
                return;
            }
        }
    }

    /** Ends the child; returns when it has ended. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        boolean interrupted = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        remove();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a temporary folder stays: {0}", e.getMessage());
        }
    }
}
