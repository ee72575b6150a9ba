package dev.tandem.gateway;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HAProxy in front of some ports, asking each for {@code /ready} five times a second. */
final class HaProxy implements AutoCloseable {
    private final Running program;

    private HaProxy(Running program) {
        this.program = program;
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
        return new HaProxy(Command.of("haproxy", "-db", "-f", config.toString()).start());
    }

    @Override
    public void close() {
        program.stop();
    }
}
