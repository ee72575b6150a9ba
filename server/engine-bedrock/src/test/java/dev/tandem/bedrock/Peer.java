package dev.tandem.bedrock;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** The client of one connection of a {@link BedrockServer}. */
final class Peer {
    /** A request as it came. */
    record Request(String head, String body) {
        String path() {
            return head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
        }

        /** The value of a header; empty where there is none. */
        String header(String name) {
            for (String line : head.lines().toList()) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile long goneAt;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Reads one request, its body by its content-length. */
    Request request() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the client left");
            }
            head.write(next);
        }
        Request bare = new Request(head.toString(StandardCharsets.ISO_8859_1), "");
        String length = bare.header("content-length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return new Request(bare.head(), new String(body, StandardCharsets.UTF_8));
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A whole answer with a length. */
    void answer(String status, String json, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        head.append("content-type: application/json\r\n");
        head.append("content-length: ")
                .append(json.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        say(head + "\r\n");
        say(json.getBytes(StandardCharsets.UTF_8));
    }

    /** An error as the service words it: its type in a header, its message in the body. */
    void refuse(String status, String type, String message, String... headers) throws IOException {
        String[] more = new String[headers.length + 1];
        more[0] = "x-amzn-errortype: " + type;
        System.arraycopy(headers, 0, more, 1, headers.length);
        answer(status, "{\"message\":\"" + message + "\"}", more);
    }

    /** The head of an answer in events, in chunks. */
    void beginEvents() throws IOException {
        String type = "content-type: application/vnd.amazon.eventstream\r\n";
        say("HTTP/1.1 200 OK\r\n" + type + "transfer-encoding: chunked\r\n\r\n");
    }

    /** One chunk of an answer that was begun so. */
    void chunk(byte[] bytes) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes(
                (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        say(chunk.toByteArray());
    }

    /** One event of the stream, in a chunk of its own. */
    void event(String type, String json) throws IOException {
        chunk(frame("event", ":event-type", type, json));
    }

    /** An exception in the stream. */
    void exception(String type, String message) throws IOException {
        chunk(frame("exception", ":exception-type", type, "{\"message\":\"" + message + "\"}"));
    }

    static byte[] frame(String kind, String typeHeader, String type, String json) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":message-type", HeaderValue.fromString(kind));
        headers.put(typeHeader, HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString("application/json"));
        Message message = new Message(headers, json.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = message.toByteBuffer();
        byte[] frame = new byte[bytes.remaining()];
        bytes.get(frame);
        return frame;
    }

    /** More of a text. */
    void text(String text) throws IOException {
        event(
                "contentBlockDelta",
                "{\"contentBlockIndex\":0,\"delta\":{\"text\":\""
                        + text.replace("\"", "\\\"")
                        + "\"}}");
    }

    /** The model begins. */
    void begin() throws IOException {
        beginEvents();
        event("messageStart", "{\"role\":\"assistant\"}");
    }

    /** The model is done. */
    void stop(String reason) throws IOException {
        event("messageStop", "{\"stopReason\":\"" + reason + "\"}");
        event(
                "metadata",
                "{\"usage\":{\"inputTokens\":3,\"outputTokens\":4,\"totalTokens\":7},"
                        + "\"metrics\":{\"latencyMs\":5}}");
        say("0\r\n\r\n");
    }

    /** Ends the connection as a crash does: RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits, without limit, until the client ends the connection. */
    void awaitLeaving() throws IOException {
        while (in.read() >= 0) {
            // more than the test wants to know
        }
    }

    /** Nothing more is heard of it. */
    void left() {
        goneAt = System.nanoTime();
        gone.countDown();
    }

    /** Waits until the client has left; the moment by {@code System.nanoTime()}. For the test. */
    long awaitGone() {
        try {
            if (!gone.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the client did not leave");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return goneAt;
    }
}
