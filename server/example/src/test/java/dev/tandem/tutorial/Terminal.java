package dev.tandem.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs commands one after the other, as somebody types them: each where the one before left, with
 * the variables that it exported; and others beside them.
 */
final class Terminal implements AutoCloseable {
    /** Enough to compile on a machine that has much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(50);

    /** For those who want to see what happened. */
    private static final Path TRANSCRIPT = Path.of("target", "tutorial-transcript.txt");

    private final Path state;
    private final Map<String, String> environment;
    private final Map<String, Running> beside = new LinkedHashMap<>();
    private String printed = "";

    /**
     * @param state a folder for what the terminal remembers
     * @param begin where it begins
     */
    Terminal(Path state, Path begin, Map<String, String> environment) throws IOException {
        this.state = Files.createDirectories(state).toAbsolutePath();
        this.environment = environment;
        Files.writeString(this.state.resolve("folder"), begin.toAbsolutePath() + "\n");
        Files.writeString(this.state.resolve("exported"), "");
        Files.deleteIfExists(TRANSCRIPT);
    }

    /** Is there such a program, and does it work? */
    static boolean has(String program) {
        return Command.of("sh", "-c", program + " version > /dev/null 2>&1").run().exit() == 0;
    }

    /** Where it is now. */
    Path folder() throws IOException {
        return Path.of(Files.readString(state.resolve("folder")).strip());
    }

    /** What the last commands printed. */
    String printed() {
        return printed;
    }

    /** Runs commands to their good end. */
    void run(String script) throws IOException {
        assertThat(ended(script)).as("%s\n%s", script, printed).isZero();
    }

    /** Runs commands that end badly. */
    void fail(String script) throws IOException {
        assertThat(ended(script)).as("%s\n%s", script, printed).isNotZero();
    }

    private int ended(String script) throws IOException {
        String rest = "\npwd > '%s/folder'\nexport -p > '%s/exported'\n".formatted(state, state);
        Running.Ended ended = command(script + rest).run();
        printed = ended.text().replace("\r\n", "\n"); // of HTTP: it looks the same
        note(script + printed);
        return ended.exit();
    }

    /** Tells those who read the transcript something. */
    void note(String text) throws IOException {
        Files.writeString(
                TRANSCRIPT, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Starts a command and waits until it has printed that it is ready. */
    void serve(String name, String script, String ready) throws IOException {
        assertThat(beside).doesNotContainKey(name);
        note(script);
        Running running = command(script).start();
        beside.put(name, running);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!running.text().contains(ready)) {
            assertThat(running.alive() && System.nanoTime() < until)
                    .as("'%s' in %s", ready, running)
                    .isTrue();
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Ends what a command started, and it. */
    void stop(String name) {
        assertThat(beside).as("what runs").containsKey(name);
        Running running = Objects.requireNonNull(beside.remove(name));
        ProcessHandle.of(running.pid())
                .ifPresent(process -> process.descendants().forEach(ProcessHandle::destroy));
        running.stop();
    }

    private Command command(String script) throws IOException {
        String begin = ". '%s/exported'\nset -e\n".formatted(state);
        return Command.of(List.of("bash", "-c", begin + script)).in(folder()).with(environment);
    }

    @Override
    public void close() {
        List.copyOf(beside.keySet()).forEach(this::stop);
    }
}
