package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.config.ServerSection;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.TlsSection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What `serve` says while it starts. */
final class Banner {
    private final PrintWriter out;
    private final ServerSection listen;
    private final boolean tls;
    private final AuthSettings auth;
    private final int port;

    Banner(PrintWriter out, Settings settings, int port) {
        this.out = out;
        this.listen = settings.get(ServerSection.SECTION);
        this.tls = settings.get(TlsSection.SECTION).settings().isPresent();
        this.auth = AuthSettings.of(settings);
        this.port = port;
    }

    /**
     * The first model is the default.
     *
     * @param loading is it being loaded? Then the others are loaded when they are needed
     */
    void listening(List<String> models, boolean loading) {
        out.println(
                "Tandem listens on "
                        + listen.host()
                        + ":"
                        + port
                        + (tls ? " (gRPC, REST, SSE; TLS)" : " (gRPC, REST, SSE)"));
        out.println("  callers " + callers());
        out.println(
                "  model   "
                        + models.getFirst()
                        + ", also called default"
                        + (loading ? "; loading" : ""));
        models.stream()
                .skip(1)
                .forEach(model ->
                        out.println(
                                "  model   "
                                        + model
                                        + (loading ? ", loaded at its first use" : "")));
    }

    /** The file that settings were read from. */
    void configured(Path file) {
        out.println("  config  " + file);
    }

    private String callers() {
        if (auth.anonymous()) {
            return "anybody who reaches the port (TANDEM_ALLOW_ANONYMOUS is on)";
        }
        if (!auth.guarded()) {
            return "anybody on this machine; nobody is asked for a key";
        }
        List<String> kinds = new ArrayList<>();
        if (!auth.keys().isEmpty() || auth.keysFile().isPresent()) {
            kinds.add("with an API key");
        }
        auth.jwt().ifPresent(jwt -> kinds.add("with a token of " + jwt.issuer()));
        return String.join(", or ", kinds);
    }

    void memory(String plan) {
        out.println("  memory  " + plan);
    }

    void ready(Duration after) {
        out.printf(Locale.ROOT, "Ready after %.1f s. Ctrl-C stops.%n", after.toMillis() / 1000.0);
        String key = auth.guarded() ? " -H \"authorization: Bearer $TANDEM_API_KEY\"" : "";
        out.println(
                "  curl "
                        + url()
                        + "/v1/chat/completions -H 'content-type: application/json'"
                        + key
                        + " \\");
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
