package dev.tandem.testtools;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs of this machine. Where one is missing the test is skipped with a message; with CI=true
 * it fails.
 */
public final class Programs {
    /** Servers of Debian stand in a folder that is not on everybody's PATH. */
    private static final String OF_SERVERS = "/usr/sbin";

    private Programs() {}

    /** Skips or fails the test where there is no such program. */
    public static Path needs(String name) {
        return needsOneOf(List.of(name));
    }

    /** The first of these names that there is, or as {@link #needs}. */
    public static Path needsOneOf(List<String> names) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + OF_SERVERS;
        Optional<Path> program =
                names.stream()
                        .flatMap(name ->
                                Stream.of(path.split(File.pathSeparator))
                                        .map(folder -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (program.isEmpty()) {
            missing(names.getFirst() + " is not on the PATH, so what it does is not tested");
        }
        return program.orElseThrow();
    }

    /** Skips the test; with CI=true it fails. */
    public static void missing(String message) {
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        abort(message);
    }
}
