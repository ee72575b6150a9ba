package dev.tandem.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** A server of the OpenAI API on a real socket that answers as the test says. */
final class OpenAiServer implements AutoCloseable {
    /** What it does with one request. */
    sealed interface Deed {
        /** Says these tokens, and waits behind the first until the latch is open. */
        record Say(List<String> tokens, CountDownLatch behindFirst) implements Deed {}

        /** Answers with a status. */
        record Refuse(int status, Map<String, String> headers) implements Deed {}

        /** Says one token, and cuts the connection. */
        record Break(String token) implements Deed {}

        /** Is silent until the latch is open. */
        record Silence(CountDownLatch until) implements Deed {}
    }

    private static final String CHUNK =
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final IntFunction<Deed> deeds;

    /**
     * @param deeds what it does with each request, by its number from 0
     */
    OpenAiServer(IntFunction<Deed> deeds) {
        this.deeds = deeds;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/chat/completions", this::chat);
        server.createContext(
                "/v1/models",
                exchange -> {
                    keys.add(
                            String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
                    refuse(
                            exchange,
                            new Deed.Refuse(200, Map.of("content-type", "application/json")),
                            "{\"object\":\"list\",\"data\":[]}");
                    exchange.close();
                });
        server.setExecutor(threads);
        server.start();
    }

    /** Always says this. */
    static OpenAiServer saying(String... tokens) {
        return new OpenAiServer(number -> say(tokens));
    }

    static Deed say(String... tokens) {
        return new Deed.Say(List.of(tokens), new CountDownLatch(0));
    }

    static Deed refuse(int status) {
        return new Deed.Refuse(status, Map.of());
    }

    /** For {@code url}. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The bodies of the requests so far. */
    List<String> bodies() {
        return bodies;
    }

    /** The keys that were shown for the list of models. */
    List<String> keys() {
        return keys;
    }

    private void chat(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        try {
            switch (deeds.apply(bodies.size() - 1)) {
                case Deed.Say say -> say(exchange, say);
                case Deed.Refuse refuse ->
                        refuse(exchange, refuse, "{\"error\":{\"message\":\"no\"}}");
                case Deed.Break broken -> cut(exchange, broken);
                case Deed.Silence silence -> silence.until().await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void refuse(HttpExchange exchange, Deed.Refuse refuse, String body)
            throws IOException {
        refuse.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refuse.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void say(HttpExchange exchange, Deed.Say say)
            throws IOException, InterruptedException {
        OutputStream out = begin(exchange);
        event(out, CHUNK + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}");
        for (int i = 0; i < say.tokens().size(); i++) {
            event(out, token(say.tokens().get(i)));
            if (i == 0) {
                say.behindFirst().await();
            }
        }
        event(out, CHUNK + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        event(
                out,
                CHUNK
                        + "\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,"
                        + "\"total_tokens\":5}}");
        event(out, "[DONE]");
        out.close();
    }

    private static void cut(HttpExchange exchange, Deed.Break broken) throws IOException {
        event(begin(exchange), token(broken.token()));
        throw new IOException("cut");
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static String token(String text) {
        return CHUNK + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
