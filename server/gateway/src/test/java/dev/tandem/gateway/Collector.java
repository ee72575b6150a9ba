package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import dev.tandem.testtools.Programs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** OpenTelemetry's own collector, which writes every span that it takes into a file. */
final class Collector implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Process process;
    private final Path said;
    private final int port;

    private Collector(Process process, Path said, int port) {
        this.process = process;
        this.said = said;
        this.port = port;
    }

    /** Builds it from its source where that was not done, and starts it. */
    static Collector start() throws Exception {
        Programs.needs("go");
        Path room = Installs.copy(Path.of("src", "test", "otelcol"));
        Path program = room.resolve("otelcol");
        if (!Files.isExecutable(program)) {
            Command.of("go", "build", "-o", "otelcol", ".").in(room).output();
        }
        int port = freePort();
        Path config = Files.createTempFile(room, "collector", ".yaml");
        Files.writeString(
                config,
                """
                receivers:
                  otlp:
                    protocols:
                      http:
                        endpoint: 127.0.0.1:%d
                exporters:
                  debug:
                    verbosity: detailed
                service:
                  telemetry:
                    metrics:
                      level: none
                  pipelines:
                    traces:
                      receivers: [otlp]
                      exporters: [debug]
                """
                        .formatted(port));
        Path said = Files.createTempFile(room, "collector", ".log");
        Process process =
                new ProcessBuilder(program.toString(), "--config", "file:" + config)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        Collector collector = new Collector(process, said, port);
        String _ = collector.await("Everything is ready");
        return collector;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** All that it said, once it has said this. */
    String await(String text) throws IOException {
        long until = System.nanoTime() + PATIENCE;
        String all = Files.readString(said);
        while (!all.contains(text)) {
            assertThat(System.nanoTime() - until).as("no '%s' in %s", text, all).isNegative();
            assertThat(process.isAlive()).as(all).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            all = Files.readString(said);
        }
        return all;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
