package dev.tandem.gateway;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.runtime.observe.TraceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An OTLP receiver that keeps what it gets, byte for byte. */
final class OtlpReceiver implements AutoCloseable {
    final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

    private final HttpServer server;

    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/traces",
                exchange -> {
                    try (InputStream body = exchange.getRequestBody()) {
                        bodies.add(new String(body.readAllBytes(), StandardCharsets.ISO_8859_1));
                    }
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
    }

    TraceSettings settings() {
        return TraceSettings.to(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .withQueue(100, Duration.ofMillis(20));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
