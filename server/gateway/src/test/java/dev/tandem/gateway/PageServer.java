package dev.tandem.gateway;

import dev.tandem.gateway.model.Models;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.runtime.wire.docs.Document;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A gateway with a page on its own port: {@code /page} with the script {@code /page.js}. */
final class PageServer implements AutoCloseable {
    private final Server server;
    private final String scheme;

    /**
     * @param files where page and script are when the browser asks for them
     */
    PageServer(Models models, Optional<TlsSettings> tls, Path files) {
        GatewaySettings settings =
                GatewaySettings.ofLoopback()
                        .with(Listening.onLoopback(0).withTls(tls))
                        .with(Stopping.within(Duration.ZERO));
        scheme = tls.isPresent() ? "https" : "http";
        server =
                new Gateway(settings, models, (call, took) -> {})
                        .builder()
                        .routes(routing -> {
                            serve(routing, "/page", "text/html", files.resolve("index.html"));
                            serve(
                                    routing,
                                    "/page.js",
                                    "text/javascript; charset=utf-8",
                                    files.resolve("page.js"));
                        })
                        .start();
    }

    private static void serve(HttpRouting.Builder routing, String path, String type, Path file) {
        Document.later(type, () -> bytes(file)).route(routing, path);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String site() {
        return scheme + "://localhost:" + server.port();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
