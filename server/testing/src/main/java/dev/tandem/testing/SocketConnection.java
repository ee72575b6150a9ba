package dev.tandem.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A WebSocket (RFC 6455), read by one thread. Not Java's own: that one tells nothing of the headers
 * by which a server accepts, sends no Host of the test's choice, and takes in much that nobody has
 * read.
 */
final class SocketConnection {
    private static final String KEY = "sec-websocket-key";

    /** Proves that who answers knows WebSocket (section 1.3). */
    private static final String PROOF = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int SWITCHING_PROTOCOLS = 101;

    private final Http1Exchange exchange;
    private final String proof;

    /** Writes in order; who sends does not wait, since the server may not read before we do. */
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(
                    Thread.ofVirtual().name("test-websocket-writer").factory());

    private SocketConnection(Http1Exchange exchange, String proof) {
        this.exchange = exchange;
        this.proof = proof;
    }

    /** Asks for one; does not wait for the answer. */
    static SocketConnection ask(int port, String target, Caller caller) throws IOException {
        byte[] key = new byte[16];
        ThreadLocalRandom.current().nextBytes(key);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("upgrade", "websocket");
        headers.put("connection", "Upgrade");
        headers.put("sec-websocket-version", "13");
        headers.put(KEY, Base64.getEncoder().encodeToString(key));
        HttpRequest request = new HttpRequest("GET", target, headers, new byte[0]).by(caller);
        String proof = proof(request.headers().getOrDefault(KEY, ""));
        return new SocketConnection(Http1Exchange.send(port, request), proof);
    }

    private static String proof(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1"); // the RFC's; no secret
            byte[] hash = digest.digest((key + PROOF).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** Has the server taken it? Waits for the head of its answer. */
    boolean accepted() throws IOException {
        if (exchange.status() != SWITCHING_PROTOCOLS) {
            return false;
        }
        List<String> told = headers().getOrDefault("sec-websocket-accept", List.of());
        if (!told.equals(List.of(proof))) {
            throw new IllegalStateException(
                    "sec-websocket-accept should be " + proof + ": " + told);
        }
        return true;
    }

    /** Those of the answer; names in lower case. */
    Map<String, List<String>> headers() throws IOException {
        return exchange.headers();
    }

    /** The whole answer that does not accept. */
    HttpReply refusal() throws IOException {
        String body = new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
        return new HttpReply(exchange.status(), exchange.headers(), body);
    }

    /** Sends a frame behind those before; does not wait for it. */
    void send(SocketFrame frame) {
        byte[] bytes = frame.masked();
        writer.execute(() -> {
            try {
                exchange.output().write(bytes);
            } catch (IOException e) {
                // the server takes no more: what it said instead is read
            }
        });
    }

    /** The next message, its parts together, or the end. Pings are answered. */
    SocketMessage next() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        InputStream in = exchange.body();
        long until = System.nanoTime() + Patience.LIMIT.toNanos();
        int kind = SocketFrame.CONTINUATION; // none yet
        while (true) {
            SocketFrame frame = SocketFrame.read(in);
            switch (frame.opcode()) {
                case SocketFrame.PING -> {
                    send(new SocketFrame(SocketFrame.PONG, true, frame.payload()));
                    awaited(until);
                }
                case SocketFrame.PONG -> awaited(until);
                case SocketFrame.CLOSE -> {
                    send(frame); // section 5.5.1
                    return SocketMessage.Close.of(frame.payload());
                }
                default -> {
                    kind = kind(kind, frame.opcode());
                    parts.writeBytes(frame.payload());
                    if (frame.last()) {
                        return message(kind, parts);
                    }
                }
            }
        }
    }

    private static void awaited(long until) {
        if (System.nanoTime() > until) {
            throw new IllegalStateException("nothing but pings came for " + Patience.LIMIT);
        }
    }

    /** Of the message, from what its parts said before and one more. */
    private static int kind(int before, int opcode) {
        boolean begins = before == SocketFrame.CONTINUATION;
        boolean first = opcode == SocketFrame.TEXT || opcode == SocketFrame.BINARY;
        if (begins ? !first : opcode != SocketFrame.CONTINUATION) {
            throw new IllegalStateException("the server sent a frame out of turn: " + opcode);
        }
        return begins ? opcode : before;
    }

    private static SocketMessage message(int kind, ByteArrayOutputStream parts) {
        return kind == SocketFrame.TEXT
                ? new SocketMessage.Text(parts.toString(StandardCharsets.UTF_8))
                : new SocketMessage.Binary(parts.toByteArray());
    }

    /** Ends the connection without a Close frame of its own. */
    void leave() {
        exchange.close();
        writer.shutdownNow();
    }
}
