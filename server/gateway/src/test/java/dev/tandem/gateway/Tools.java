package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        String wanted = Files.readString(Path.of("src/test/python/requirements.txt"));
        Path complete = ROOM.resolve("venv/complete");
        if (!Files.exists(complete) || !Files.readString(complete).equals(wanted)) {
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
            Files.writeString(complete, wanted);
        }
        return python;
    }

    /** A program that came with {@link #python()}. */
    static Path pythonProgram(String name) throws Exception {
        return python().resolveSibling(name);
    }

    /** A copy of a folder of {@code src/test}, for programs that write where they run. */
    static Path copy(String folder) throws IOException {
        Path copy = Files.createDirectories(ROOM.resolve(folder));
        try (Stream<Path> files = Files.list(Path.of("src", "test", folder))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        copy.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    /** As {@link #copy}, with the packages of its {@code package-lock.json}. */
    static Path node(String folder) throws Exception {
        needs("npm");
        Path copy = copy(folder);
        if (!Files.exists(copy.resolve("node_modules/.package-lock.json"))) {
            run(copy, List.of("npm", "ci", "--silent", "--no-fund", "--no-audit"), Map.of());
        }
        return copy;
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
        return run(Path.of("").toAbsolutePath(), command, environment);
    }

    /** As {@link #run(List, Map)}, in a folder. */
    static String run(Path folder, List<String> command, Map<String, String> environment)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
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
