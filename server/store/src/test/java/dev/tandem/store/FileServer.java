package dev.tandem.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One file over HTTP, with the faults that a test asks for. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    volatile byte[] content;
    volatile String tag = "\"one\"";
    volatile int status = 200;
    volatile String location = "";

    /** Breaks the connection after so many bytes of a body, once for each entry. */
    final List<Integer> breaks = new CopyOnWriteArrayList<>();

    FileServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The Range header of each request, "-" where it had none. */
    List<String> ranges() {
        return ranges;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            String known = exchange.getRequestHeaders().getFirst("If-Range");
            ranges.add(range == null ? "-" : range);
            exchange.getResponseHeaders().set("ETag", tag);
            if (!location.isEmpty() && exchange.getRequestURI().getPath().startsWith("/moved")) {
                exchange.getResponseHeaders().set("Location", location);
                exchange.sendResponseHeaders(302, -1);
            } else if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
            } else if (range != null && tag.equals(known)) {
                int from = Integer.parseInt(range.replaceAll("\\D", ""));
                exchange.getResponseHeaders().set("Content-Range", contentRange(from));
                send(exchange, 206, from);
            } else {
                send(exchange, 200, 0);
            }
        }
    }

    String contentRange(int from) {
        return "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
    }

    private void send(HttpExchange exchange, int code, int from) throws IOException {
        int length = content.length - from;
        exchange.sendResponseHeaders(code, length);
        int sent = breaks.isEmpty() ? length : Math.min(length, breaks.removeFirst());
        exchange.getResponseBody().write(content, from, sent);
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
