package dev.tandem.runtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
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
 * The suite's runner and its .proto files, compiled: both out of the Go module, below {@code
 * target}. Where Go is missing the test is skipped with a message; with CI=true it fails.
 */
final class Suite {
    private static final String MODULE = "connectrpc.com/conformance";
    private static final String VERSION = "v1.0.7";
    private static final String COMPILER = "github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3";
    private static final Path ROOM =
            Path.of("target", "connectconformance-" + VERSION).toAbsolutePath();
    private static final int PATIENCE_SECONDS = 600;

    private Suite() {}

    /** The program that calls the server. */
    static Path runner() throws Exception {
        return installed("connectconformance", MODULE + "/cmd/connectconformance@" + VERSION);
    }

    /** A descriptor set of the service and of what the runner says to a server. */
    static Path types() throws Exception {
        Path protoset = ROOM.resolve("suite.protoset");
        if (!Files.exists(protoset)) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.write(compiled("ConformanceService"));
            both.write(compiled("ServerCompatRequest"));
            Files.write(protoset, both.toByteArray()); // sets in a row are one set
        }
        return protoset;
    }

    private static byte[] compiled(String symbol) throws Exception {
        Path compiler = installed("grpcurl", COMPILER);
        Path protos = Path.of(moduleFolder(), "proto");
        Path target = ROOM.resolve(symbol + ".protoset");
        String folder = "connectrpc/conformance";
        run(
                List.of(
                        compiler.toString(),
                        "-import-path",
                        protos.toString(),
                        "-proto",
                        folder + "/v1/service.proto",
                        "-proto",
                        folder + "/v1/server_compat.proto",
                        "-protoset-out",
                        target.toString(),
                        "describe",
                        "connectrpc.conformance.v1." + symbol));
        return Files.readAllBytes(target);
    }

    private static String moduleFolder() throws Exception {
        Path module = ROOM.resolve("module");
        if (!Files.exists(module.resolve("go.mod"))) {
            Files.createDirectories(module);
            run(module, List.of("go", "mod", "init", "tandem.test"));
            run(module, List.of("go", "get", MODULE + "@" + VERSION));
        }
        return run(module, List.of("go", "list", "-m", "-f", "{{.Dir}}", MODULE)).strip();
    }

    private static Path installed(String program, String source) throws Exception {
        Path file = ROOM.resolve(program);
        if (!Files.isExecutable(file)) {
            needsGo();
            run(List.of("go", "install", source));
        }
        return file;
    }

    private static String run(List<String> command) throws Exception {
        Files.createDirectories(ROOM);
        return run(ROOM, command);
    }

    private static String run(Path folder, List<String> command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().putAll(Map.of("GOBIN", ROOM.toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command + "\n" + text).isZero();
        return text;
    }

    private static void needsGo() throws IOException {
        boolean there =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
        if (!there) {
            String message = "go is not on the PATH, so Connect's conformance suite is not run";
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            abort(message);
        }
    }
}
