package dev.tandem.sdks;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a test cannot do without. */
final class Needed {
    private Needed() {}

    /** A program; without it the test is skipped, with CI=true it fails. */
    static void command(String name) {
        boolean there =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        if (!there) {
            missing(name + " is not on the PATH, so what it runs is not tested");
        }
    }

    /** Skips the test; with CI=true it fails. */
    static void missing(String message) {
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        abort(message);
    }
}
