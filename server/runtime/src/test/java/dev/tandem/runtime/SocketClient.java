package dev.tandem.runtime;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Java's own WebSocket, a call at a time: what comes is taken one by one. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE = 20;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final HttpClient http;
    private final WebSocket socket;

    private SocketClient(
            HttpClient http, String address, UnaryOperator<WebSocket.Builder> builder) {
        this.http = http;
        try {
            socket =
                    builder.apply(http.newWebSocketBuilder())
                            .buildAsync(URI.create(address), this)
                            .join();
        } catch (CompletionException e) {
            http.close();
            throw e;
        }
    }

    static SocketClient open(int port, String path) {
        return open(port, path, UnaryOperator.identity());
    }

    static SocketClient open(int port, String path, UnaryOperator<WebSocket.Builder> builder) {
        return new SocketClient(
                HttpClient.newHttpClient(), "ws://localhost:" + port + path, builder);
    }

    /** Over TLS. */
    static SocketClient open(int port, String path, SSLContext tls) {
        return new SocketClient(
                HttpClient.newBuilder().sslContext(tls).build(),
                "wss://localhost:" + port + path,
                UnaryOperator.identity());
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    SocketClient send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    SocketClient send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    /** Sends a message in parts of so many characters. */
    SocketClient sendInParts(String message, int size) {
        for (int at = 0; at < message.length(); at += size) {
            int end = Math.min(message.length(), at + size);
            socket.sendText(message.substring(at, end), end == message.length()).join();
        }
        return this;
    }

    SocketClient ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))).join();
        return this;
    }

    /** Says that no more messages follow. */
    SocketClient end() {
        return send("");
    }

    /** Says that it wants no more. */
    void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "enough").join();
    }

    /** The connection ends without a word. */
    void abort() {
        socket.abort();
    }

    /** What comes next: a message, {@code pong …}, or {@code close 1000 …}. */
    String next() {
        try {
            String event = events.poll(PATIENCE, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing came");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            events.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        events.add("binary " + hex(data));
        from.request(1);
        return null;
    }

    private static String hex(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        events.add("pong " + StandardCharsets.UTF_8.decode(message));
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        events.add(("close " + code + " " + reason).strip());
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        events.add("error " + error);
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
