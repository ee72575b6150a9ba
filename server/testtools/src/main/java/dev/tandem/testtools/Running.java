package dev.tandem.testtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A program that runs. What it prints is read all the time, so it never waits for a reader, and is
 * kept: failures show it. For all threads.
 */
public final class Running implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(40);

    private final List<String> words;
    private final Process process;
    private final Thread reading;
    private final StringBuilder printed = new StringBuilder(); // guarded by itself
    private boolean silent; // guarded by printed; no more will come

    /** How a program ended, with all that it printed. */
    public record Ended(int exit, String text) {}

    Running(List<String> words, Process process) {
        this.words = words;
        this.process = process;
        reading = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        char[] piece = new char[4096];
        try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                synchronized (printed) {
                    printed.append(piece, 0, n);
                    printed.notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (printed) {
                printed.append(e); // it was killed
            }
        } finally {
            synchronized (printed) {
                silent = true;
                printed.notifyAll();
            }
            keep();
        }
    }

    /** For those who look through all that was written. */
    private void keep() {
        try {
            Files.createDirectories(WrittenSecrets.PRINTED);
            Path program = Path.of(words.getFirst()).getFileName();
            Files.writeString(
                    WrittenSecrets.PRINTED.resolve(program + "-" + process.pid() + ".txt"), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it something to read. */
    public Running say(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new AssertionError(this + " has ended", e);
        }
    }

    /** It has nothing more to read. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new AssertionError(this + " has ended", e);
        }
    }

    /** Waits until it has printed the text. */
    public Running await(String text) {
        synchronized (printed) {
            waitFor(() -> printed.indexOf(text) >= 0 || silent);
            assertThat(printed.indexOf(text)).as("'%s' in %s", text, this).isNotNegative();
        }
        return this;
    }

    private void waitFor(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toNanos();
                    left > 0 && !condition.getAsBoolean();
                    left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(printed, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it has printed. */
    public String text() {
        synchronized (printed) {
            return printed.toString();
        }
    }

    /** The number of its process. */
    public long pid() {
        return process.pid();
    }

    /** Does it run? */
    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    public Ended rest() {
        return rest(PATIENCE);
    }

    Ended rest(Duration patience) {
        assertThat(ended(patience)).as("%s ends within %s", this, patience).isTrue();
        return new Ended(process.exitValue(), text());
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience) && reading.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Asks it to end, and waits for that; one that does not end is killed, and the test fails. */
    public Ended stop() {
        process.destroy();
        try {
            return rest(LAST_WORDS);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return words + "\n" + text();
    }
}
