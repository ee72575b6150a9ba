package dev.tandem.remote.child;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a model is run in a child process.
 *
 * @param name by which the log calls it: the model's
 * @param kind of the engine in the child, for metrics and the log: {@code llama.cpp}
 * @param command the program and its arguments: a Tandem that keeps to {@link ParentProcess}. Seen
 *     by all users of the machine
 * @param environment variables of the child beside those of this process, of which it gets all but
 *     {@code TANDEM_…}. Paths must be absolute
 * @param times how long things may take
 * @param restarts when it is started again
 */
public record ChildSettings(
        String name,
        String kind,
        List<String> command,
        Map<String, String> environment,
        Times times,
        Restarts restarts) {
    /**
     * How long things may take.
     *
     * @param start from the process's begin until its model can answer; 1 s to 1 h, 5 min unless
     *     told
     * @param silence how long it may not say that it is well before it is killed; 100 ms to 1 h, 30
     *     s unless told
     * @param grace from being asked to end until it is killed; 0 to 10 min, 10 s unless told
     */
    public record Times(Duration start, Duration silence, Duration grace) {
        /** Those that hold unless told otherwise. */
        public static final Times DEFAULT =
                new Times(Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(10));

        public Times {
            within("start", start, Duration.ofSeconds(1), Duration.ofHours(1));
            within("silence", silence, Duration.ofMillis(100), Duration.ofHours(1));
            within("grace", grace, Duration.ZERO, Duration.ofMinutes(10));
        }
    }

    /**
     * When a child that ended is started again: after a pause that doubles each time.
     *
     * @param first the shortest pause; 1 ms to 1 min, 100 ms unless told
     * @param most the longest; 1 ms to 1 h, 30 s unless told
     * @param steady a child that ran so long begins with the shortest pause again; 1 ms to 24 h, 1
     *     min unless told
     */
    public record Restarts(Duration first, Duration most, Duration steady) {
        /** Those that hold unless told otherwise. */
        public static final Restarts DEFAULT =
                new Restarts(Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofMinutes(1));

        public Restarts {
            Duration shortest = Duration.ofMillis(1);
            within("first", first, shortest, Duration.ofMinutes(1));
            within("most", most, shortest, Duration.ofHours(1));
            within("steady", steady, shortest, Duration.ofHours(24));
        }
    }

    public ChildSettings {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("the command of a child must name a program");
        }
    }

    /** A child with nothing else told. */
    public static ChildSettings of(String name, List<String> command) {
        return new ChildSettings(
                name, "tandem", command, Map.of(), Times.DEFAULT, Restarts.DEFAULT);
    }

    /** The same with an engine of this kind. */
    public ChildSettings kind(String other) {
        return new ChildSettings(name, other, command, environment, times, restarts);
    }

    /** The same with other variables. */
    public ChildSettings environment(Map<String, String> other) {
        return new ChildSettings(name, kind, command, other, times, restarts);
    }

    /** The same with other times. */
    public ChildSettings times(Times other) {
        return new ChildSettings(name, kind, command, environment, other, restarts);
    }

    /** The same with other pauses. */
    public ChildSettings restarts(Restarts other) {
        return new ChildSettings(name, kind, command, environment, times, other);
    }

    private static void within(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    what + " must be " + least.toMillis() + " ms to " + most.toMillis() + " ms");
        }
    }

    /** Tells no variable: some hold secrets. */
    @Override
    public String toString() {
        return name + " " + command;
    }
}
