package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs that are built with Go below {@code target}. Where Go is missing the test is skipped
 * with a message; with CI=true it fails.
 */
final class GoTools {
    private static final Path ROOM = Path.of("target", "tools", "go").toAbsolutePath();

    private GoTools() {}

    /**
     * A program, built once.
     *
     * @param module its module and pinned version, as {@code go install} takes it
     */
    static Path program(String module) throws Exception {
        String name = module.substring(module.lastIndexOf('/') + 1, module.indexOf('@'));
        Path program = ROOM.resolve(name);
        if (!Files.isExecutable(program)) {
            needsGo();
            Files.createDirectories(ROOM);
            run(List.of("go", "install", module), Map.of("GOBIN", ROOM.toString()));
        }
        return program;
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

    private static void needsGo() {
        boolean there =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
        if (!there) {
            String message = "go is not on the PATH, so what it builds is not tested";
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            abort(message);
        }
    }
}
