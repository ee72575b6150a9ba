package dev.tandem.gateway.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values and collects what is wrong with them. */
final class Reader {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,13}) ?([KMG]i?B)?");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,9}) ?s?");

    /** Read by the start script, not by the program. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("TANDEM_JAVA_OPTS");

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> environment) {
        this.environment = environment;
    }

    Optional<String> text(Setting key) {
        return Optional.ofNullable(environment.get(key.name()))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** A path, made absolute. */
    Optional<Path> path(Setting key) {
        return text(key).flatMap(value -> path(key, value));
    }

    private Optional<Path> path(Setting key, String value) {
        try {
            return Optional.of(Path.of(value).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            problem(key, value, "is not a path");
            return Optional.empty();
        }
    }

    boolean onOrOff(Setting key, boolean fallback) {
        String value = text(key).orElse(fallback ? "on" : "off");
        if (!value.equals("on") && !value.equals("off")) {
            wrong(key, value);
        }
        return value.equals("on");
    }

    int integer(Setting key, int fallback, int least, int most) {
        return (int)
                text(key)
                        .map(value ->
                                value.matches("[0-9]{1,9}")
                                        ? within(key, value, Long.parseLong(value), least, most)
                                        : wrong(key, value))
                        .orElse((long) fallback)
                        .longValue();
    }

    /** A number of bytes: {@code 4MiB}, {@code 1GiB}, {@code 500MB}, {@code 1048576}. */
    long bytes(Setting key, long fallback, long least, long most) {
        return text(key)
                .map(value -> {
                    Matcher parts = SIZE.matcher(value);
                    return parts.matches()
                            ? within(key, value, bytes(parts), least, most)
                            : wrong(key, value);
                })
                .orElse(fallback);
    }

    private static long bytes(Matcher parts) {
        String unit = parts.group(2) == null ? "" : parts.group(2).toUpperCase(Locale.ROOT);
        long base = unit.contains("I") ? 1024 : 1000;
        int power = unit.isEmpty() ? 0 : "KMG".indexOf(unit.charAt(0)) + 1;
        long number = Long.parseLong(parts.group(1));
        for (int i = 0; i < power && number < Long.MAX_VALUE / base; i++) {
            number *= base;
        }
        return number;
    }

    /** Whole seconds, with or without an {@code s}. */
    Duration seconds(Setting key, int fallback, int least, int most) {
        return Duration.ofSeconds(
                text(key)
                        .map(value -> {
                            Matcher parts = SECONDS.matcher(value);
                            return parts.matches()
                                    ? within(
                                            key, value, Long.parseLong(parts.group(1)), least, most)
                                    : wrong(key, value);
                        })
                        .orElse((long) fallback));
    }

    private long within(Setting key, String value, long number, long least, long most) {
        return number >= least && number <= most ? number : wrong(key, value);
    }

    private long wrong(Setting key, String value) {
        problem(key, value, "is not " + key.range());
        // the port of a service called tandem, which Kubernetes adds to every pod of the namespace
        if (key.equals(Key.TANDEM_PORT) && value.startsWith("tcp://")) {
            problems.add(
                    "TANDEM_PORT comes from a Kubernetes service: set enableServiceLinks to false in"
                            + " the pod, or TANDEM_PORT itself.");
        }
        return 0;
    }

    /** A whole sentence that names what to change. */
    void problem(String sentence) {
        problems.add(sentence);
    }

    void problem(Setting key, String value, String what) {
        String advice =
                what.endsWith(key.range()) ? "" : "; set it to " + key.range().replace("`", "");
        problems.add(
                key.name()
                        + ": '"
                        + value
                        + "' "
                        + what
                        + advice
                        + " (default: "
                        + key.fallback().replace("`", "")
                        + ").");
    }

    /** A sentence for each variable that looks like a setting and is none. */
    List<String> unknown() {
        return new TreeSet<>(environment.keySet())
                .stream()
                        .filter(name -> name.startsWith("TANDEM_"))
                        .filter(name -> !OF_THE_SCRIPT.contains(name))
                        .filter(name ->
                                Key.named(name).isEmpty() && LimitSetting.named(name).isEmpty())
                        .map(name -> name + " is not a setting; it changes nothing.")
                        .toList();
    }

    void complain() throws SettingsException {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}
