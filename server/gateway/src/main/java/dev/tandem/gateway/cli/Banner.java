package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Listen;
import dev.tandem.gateway.config.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What `serve` says while it starts. */
final class Banner {
    private final PrintWriter out;
    private final Listen listen;
    private final boolean tls;
    private final int port;

    Banner(PrintWriter out, Settings settings, int port) {
        this.out = out;
        this.listen = settings.listen();
        this.tls = settings.tls().isPresent();
        this.port = port;
    }

    /** The first model is the default, and the one that is being loaded. */
    void listening(List<String> models) {
        out.println(
                "Tandem listens on "
                        + listen.host()
                        + ":"
                        + port
                        + (tls ? " (gRPC, REST, SSE; TLS)" : " (gRPC, REST, SSE)"));
        out.println("  model   " + models.getFirst() + ", also called default; loading");
        models.stream()
                .skip(1)
                .forEach(model -> out.println("  model   " + model + ", loaded at its first use"));
    }

    void memory(String plan) {
        out.println("  memory  " + plan);
    }

    void ready(Duration after) {
        out.printf(Locale.ROOT, "Ready after %.1f s. Ctrl-C stops.%n", after.toMillis() / 1000.0);
        out.println(
                "  curl " + url() + "/v1/chat/completions -H 'content-type: application/json' \\");
        out.println(
                "    -d '{\"model\": \"default\", \"messages\": [{\"role\": \"user\", \"content\": \"Name the"
                        + " capital of France.\"}]}'");
    }

    private String url() {
        boolean everywhere = listen.host().equals("0.0.0.0") || listen.host().equals("::");
        String host = everywhere ? "127.0.0.1" : listen.host();
        return (tls ? "https://" : "http://")
                + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                + ":"
                + port;
    }
}
