package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs of other languages that tests call, each in a folder of its own below {@code target}.
 * Where what they need is missing the test is skipped with a message; with CI=true it fails.
 */
final class Tools {
    private static final Path ROOM = Path.of("target", "tools").toAbsolutePath();
    private static final String GRPCURL = "github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3";

    private Tools() {}

    /** A Python with the packages of {@code src/test/python/requirements.txt}. */
    static Path python() throws Exception {
        Path python = ROOM.resolve("venv/bin/python");
        if (!Files.exists(ROOM.resolve("venv/complete"))) {
            needs("python3");
            run(List.of("python3", "-m", "venv", ROOM.resolve("venv").toString()), Map.of());
            run(
                    List.of(
                            python.toString(),
                            "-m",
                            "pip",
                            "install",
                            "-q",
                            "-r",
                            "src/test/python/requirements.txt"),
                    Map.of());
            Files.createFile(ROOM.resolve("venv/complete"));
        }
        return python;
    }

    /** The folder with grpcurl, built from its source. */
    static Path grpcurl() throws Exception {
        Path folder = ROOM.resolve("go");
        if (!Files.isExecutable(folder.resolve("grpcurl"))) {
            needs("go");
            run(List.of("go", "install", GRPCURL), Map.of("GOBIN", folder.toString()));
        }
        return folder;
    }

    /** Runs a command to its good end and returns what it printed. */
    static String run(List<String> command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command + "\n" + text).isZero();
        return text;
    }

    private static void needs(String command) throws IOException {
        Files.createDirectories(ROOM);
        boolean there =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
        if (!there) {
            String message = command + " is not on the PATH, so what it runs is not tested";
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            abort(message);
        }
    }
}
