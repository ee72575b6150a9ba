package dev.tandem.bench.wire;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes traces over OTLP and forgets them. */
public final class SpanSink implements AutoCloseable {
    private static final int OK = 200;
    private static final long NO_BODY = -1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private SpanSink(HttpServer server) {
        this.server = server;
    }

    /** Starts it; on a free port. */
    public static SpanSink start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SpanSink sink = new SpanSink(server);
        server.setExecutor(sink.threads);
        server.createContext(
                "/",
                exchange -> {
                    try (InputStream body = exchange.getRequestBody()) {
                        body.readAllBytes();
                    }
                    exchange.sendResponseHeaders(OK, NO_BODY);
                    exchange.close();
                });
        server.start();
        return sink;
    }

    /** Where it takes them. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** For the virtual machine of a server under test. */
    public String option() {
        return "-D" + ServerMain.RECEIVER + "=" + address();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
