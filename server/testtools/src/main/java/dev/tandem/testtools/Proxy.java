package dev.tandem.testtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy of this machine with its configuration from docs/proxies.md, but for ports and times. */
public final class Proxy implements AutoCloseable {
    private static final Path PAGE = Path.of("..", "..", "docs", "proxies.md");

    private final Running program;

    private Proxy(Running program) {
        this.program = program;
    }

    /** Starts nginx; what the page says is replaced by the map's values, each once at least. */
    public static Proxy nginx(Path folder, Map<String, String> changes, int... ports)
            throws IOException {
        String head =
                """
                user root;
                daemon off;
                pid %1$s/pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                """
                        .formatted(folder);
        Path file = folder.resolve("nginx.conf");
        Files.writeString(file, head + configuration("nginx", changes) + "}\n");
        return started(Command.of("nginx", "-p", folder.toString(), "-c", file.toString()), ports);
    }

    /** Starts HAProxy likewise. */
    public static Proxy haproxy(Path folder, Map<String, String> changes, int... ports)
            throws IOException {
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, configuration("haproxy", changes));
        return started(Command.of("haproxy", "-db", "-f", file.toString()), ports);
    }

    private static String configuration(String name, Map<String, String> changes)
            throws IOException {
        Matcher block =
                Pattern.compile(
                                "<!-- tested: " + name + " -->\n```" + name + "\n(.*?)```",
                                Pattern.DOTALL)
                        .matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        String text = block.group(1);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(text).contains(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        return text;
    }

    private static Proxy started(Command command, int... ports) {
        Running program = command.start();
        for (int port : ports) {
            Ports.await(port, program);
        }
        return new Proxy(program);
    }

    /** What it has said. */
    public String output() {
        return program.text();
    }

    @Override
    public void close() {
        program.stop();
    }
}
