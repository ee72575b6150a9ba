package dev.tandem.remote.child;

import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import java.io.IOException;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a child. Its standard input is the line by which it knows that this process lives. */
final class ChildProcess implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ChildProcess.class.getName());
    private static final int SIGNALLED = 128;

    private final String name;
    private final Process process;
    private final Duration grace;
    private final CompletableFuture<OptionalInt> port = new CompletableFuture<>();

    private ChildProcess(String name, Process process, Duration grace) {
        this.name = name;
        this.process = process;
        this.grace = grace;
    }

    /**
     * Starts it.
     *
     * @param folder where it runs: without settings of somebody else's
     * @param key what it will be asked with; it is given the hash alone
     * @throws IOException where the program cannot be started
     */
    static ChildProcess start(ChildSettings settings, Path folder, Secret key) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(settings.command())
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("TANDEM_"));
        // otherwise a native abort starts a debugger to print a stack, where there is one
        environment.put("GGML_NO_BACKTRACE", "1");
        environment.putAll(settings.environment());
        environment.putAll(ParentProcess.environment(KeyHash.of(key).hex()));
        ChildProcess child =
                new ChildProcess(settings.name(), builder.start(), settings.times().grace());
        Thread.ofPlatform().daemon().name("output-of-" + settings.name()).start(child::read);
        return child;
    }

    private void read() {
        OutputLines lines = new OutputLines(name, this::isPort);
        try (Reader output = process.inputReader(StandardCharsets.UTF_8)) {
            lines.readAll(output);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0}: its output broke off: {1}", name, e.getMessage());
        } finally {
            port.complete(OptionalInt.empty());
        }
    }

    private boolean isPort(String line) {
        OptionalInt told = port.isDone() ? OptionalInt.empty() : ParentProcess.port(line);
        return told.isPresent() && port.complete(told);
    }

    /** The port that it told; empty where it ended before, or told none in time. */
    OptionalInt awaitPort(Duration patience) throws InterruptedException {
        try {
            return port.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes it with one
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Has it ended within that time? */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How it ended, for the log. */
    String ending() {
        if (process.isAlive()) {
            return "still runs";
        }
        int exit = process.exitValue();
        return exit > SIGNALLED
                ? "was ended by signal " + (exit - SIGNALLED)
                : "ended with exit code " + exit;
    }

    /** Ends it without asking. */
    void kill() {
        boolean _ = process.toHandle().destroyForcibly();
    }

    /** Asks it to end, and kills it where it does not in time. Returns when it has ended. */
    @Override
    public void close() {
        boolean interrupted = false;
        // by the handle: the process's own method would close the child's standard input too
        boolean _ = process.toHandle().destroy();
        try {
            if (!awaitEnd(grace)) {
                LOG.log(
                        Level.WARNING,
                        "{0} did not end within {1} ms; it is killed",
                        name,
                        grace.toMillis());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        kill();
        process.onExit().join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
