package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** HAProxy in front of some ports, asking each for {@code /ready} five times a second. */
final class HaProxy implements AutoCloseable {
    private final Process process;

    private HaProxy(Process process) {
        this.process = process;
    }

    static HaProxy start(Path folder, int port, List<Integer> servers) throws IOException {
        StringBuilder text =
                new StringBuilder(
                        """
                        global
                          maxconn 2000
                        defaults
                          mode http
                          timeout connect 2s
                          timeout client 30s
                          timeout server 30s
                          default-server check inter 200ms fall 1 rise 1
                        frontend front
                          bind 127.0.0.1:%d
                          default_backend servers
                        backend servers
                          balance roundrobin
                          option httpchk
                          http-check send meth GET uri /ready ver HTTP/1.1 hdr Host localhost
                        """
                                .formatted(port));
        for (int server : servers) {
            text.append("  server s%d 127.0.0.1:%d%n".formatted(server, server));
        }
        Path config = Files.writeString(folder.resolve("haproxy.cfg"), text);
        return new HaProxy(
                new ProcessBuilder(program(), "-db", "-f", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("haproxy.log").toFile())
                        .start());
    }

    private static String program() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(HaProxy::missing);
    }

    private static String missing() {
        String message = "haproxy is not on the PATH, so a restart behind it is not tested";
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        abort(message);
        return message;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
