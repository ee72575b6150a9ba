package dev.tandem.testtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program with its arguments. Where it is missing the test is skipped, or fails, as {@link
 * Programs} has it. Immutable.
 *
 * @param words the program and its arguments
 * @param folder where it runs
 * @param environment variables, beside those of this process
 */
public record Command(List<String> words, Path folder, Map<String, String> environment) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** In the module's folder. */
    public static Command of(List<String> words) {
        return new Command(words, Path.of("").toAbsolutePath(), Map.of());
    }

    /** In the module's folder. */
    public static Command of(String... words) {
        return of(List.of(words));
    }

    /** The same in another folder. */
    public Command in(Path place) {
        return new Command(words, place, environment);
    }

    /** The same with another variable. */
    public Command with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** The same with more variables. */
    public Command with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Command(words, folder, all);
    }

    /** Runs it to its good end, with nothing to read, and returns what it printed. */
    public String output() {
        Running.Ended ended = run();
        assertThat(ended.exit()).as(words + "\n" + ended.text()).isZero();
        return ended.text();
    }

    /** Runs it to its end, with nothing to read. */
    public Running.Ended run() {
        try (Running running = start()) {
            running.endInput();
            return running.rest(PATIENCE);
        }
    }

    /** Starts it. */
    public Running start() {
        if (!words.getFirst().contains("/")) {
            Programs.needs(words.getFirst());
        }
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            return new Running(words, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
