package dev.tandem.runtime.conformance;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

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

    private Suite() {}

    /** The program that calls the server. */
    static Path runner() throws Exception {
        return Installs.go(MODULE + "/cmd/connectconformance@" + VERSION);
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
        Path compiler = Installs.go(COMPILER);
        Path protos = Path.of(moduleFolder(), "proto");
        Path target = ROOM.resolve(symbol + ".protoset");
        String folder = "connectrpc/conformance";
        Command.of(
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
                        "connectrpc.conformance.v1." + symbol)
                .output();
        return Files.readAllBytes(target);
    }

    private static String moduleFolder() throws Exception {
        Path module = ROOM.resolve("module");
        if (!Files.exists(module.resolve("go.mod"))) {
            Files.createDirectories(module);
            Command.of("go", "mod", "init", "tandem.test").in(module).output();
            Command.of("go", "get", MODULE + "@" + VERSION).in(module).output();
        }
        return Command.of("go", "list", "-m", "-f", "{{.Dir}}", MODULE).in(module).output().strip();
    }
}
