package dev.tandem.runtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runner of Connect's conformance suite calls servers of ours by Connect, gRPC and gRPC-Web:
 * all that the runner can ask of a server but HTTP/3 and other compressions. Nothing is skipped and
 * no failure is known.
 */
class ConnectConformanceTest {
    private static final String CLAIMED =
            """
            features:
              versions: [HTTP_VERSION_1, HTTP_VERSION_2]
              protocols: [PROTOCOL_CONNECT, PROTOCOL_GRPC, PROTOCOL_GRPC_WEB]
              codecs: [CODEC_PROTO, CODEC_JSON]
              compressions: [COMPRESSION_IDENTITY, COMPRESSION_GZIP]
              supportsH2c: true
              supportsTls: true
              supportsTlsClientCerts: true
              supportsTrailers: true
              supportsHalfDuplexBidiOverHttp1: true
              supportsConnectGet: true
              supportsMessageReceiveLimit: true
            """;

    @TempDir Path folder;

    @Test
    void passesEveryCase() throws Exception {
        Path runner = Suite.runner();
        Schema schema = new Schema(Suite.types());
        Path claimed = Files.writeString(folder.resolve("claimed.yaml"), CLAIMED);
        try (ServersUnderTest servers = new ServersUnderTest(schema, folder)) {
            String told = run(runner, claimed, carrier(servers.port()));
            assertThat(servers.failures()).isEmpty();
            assertThat(told).containsPattern("Total cases: \\d{4}\\n\\d{4} passed, 0 failed");
        }
    }

    /** A program that carries what the runner says to this process and back. */
    private Path carrier(int port) throws IOException {
        String script =
                """
                #!/usr/bin/env bash
                exec 3<>/dev/tcp/127.0.0.1/%d
                cat <&0 >&3 &
                exec cat <&3
                """
                        .formatted(port);
        Path carrier = Files.writeString(folder.resolve("carrier"), script);
        assertThat(carrier.toFile().setExecutable(true)).isTrue();
        return carrier;
    }

    private String run(Path runner, Path claimed, Path carrier) throws Exception {
        Path log = Path.of("target", "connectconformance.log").toAbsolutePath();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        runner.toString(),
                                        "--mode",
                                        "server",
                                        "--conf",
                                        claimed.toString(),
                                        "--",
                                        carrier.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("the runner ends").isTrue();
            return Files.readString(log, StandardCharsets.UTF_8);
        } finally {
            process.destroy();
        }
    }
}
