package dev.tandem.gateway;

import com.google.protobuf.ByteString;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of chat requests on sockets of their own, to be cut anywhere. Reads no frames: a caller
 * looks at how much came, no more.
 */
final class RawCall implements AutoCloseable {
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int MOST = Integer.MAX_VALUE;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket = new Socket();
    private final Wire wire;

    /**
     * @param receiveBuffer bytes that the client's side takes unread; 0 for the usual
     * @param patienceMillis how long a read waits
     */
    RawCall(int port, Wire wire, int receiveBuffer, int patienceMillis) throws IOException {
        this.wire = wire;
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        if (wire.version() == Wire.Version.HTTP_2) {
            send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            send(frame(SETTINGS, 0, 0, new byte[0]));
        }
    }

    /**
     * The whole request.
     *
     * @param stream the HTTP/2 stream, odd and rising; over HTTP/1.1 without meaning
     */
    byte[] request(int stream, boolean streaming, String prompt) {
        return switch (wire.format()) {
            case GRPC -> grpc(stream, streaming, prompt);
            default ->
                    wire.version() == Wire.Version.HTTP_2
                            ? overHttp2(stream, json(streaming, prompt))
                            : overHttp1(json(streaming, prompt));
        };
    }

    private byte[] overHttp1(byte[] json) {
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\naccept: "
                        + accept()
                        + "\r\ncontent-type: application/json\r\ncontent-length: "
                        + json.length
                        + "\r\n\r\n";
        return concat(head.getBytes(StandardCharsets.US_ASCII), json);
    }

    private byte[] overHttp2(int stream, byte[] json) {
        byte[] head =
                headers(
                        "/v1/chat/completions",
                        "accept",
                        accept(),
                        "content-type",
                        "application/json");
        return concat(
                frame(HEADERS, END_HEADERS, stream, head), frame(0, END_STREAM, stream, json));
    }

    private byte[] grpc(int stream, boolean streaming, String prompt) {
        ChatRequest request =
                Fixture.request().clearMessages().addMessages(Fixture.user(prompt)).build();
        byte[] message = request.toByteArray();
        byte[] framed =
                ByteBuffer.allocate(5 + message.length)
                        .put((byte) 0)
                        .putInt(message.length)
                        .put(message)
                        .array();
        String path = "/tandem.v1.ChatService/" + (streaming ? "Stream" : "Complete");
        byte[] head = headers(path, "content-type", "application/grpc", "te", "trailers");
        return concat(
                frame(HEADERS, END_HEADERS, stream, head), frame(0, END_STREAM, stream, framed));
    }

    private static byte[] json(boolean streaming, String prompt) {
        return ("{\"model\":\"tiny\",\"stream\":"
                        + streaming
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                        + prompt
                        + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String accept() {
        return switch (wire.format()) {
            case SSE -> "text/event-stream";
            case NDJSON -> "application/x-ndjson";
            default -> "application/json";
        };
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Lets the server send as much as HTTP/2 can say. Without effect on HTTP/1.1. */
    void openWindows() throws IOException {
        if (wire.version() == Wire.Version.HTTP_2) {
            byte[] most = ByteBuffer.allocate(6).putShort((short) 4).putInt(MOST).array();
            send(frame(SETTINGS, 0, 0, most));
            int more = MOST - 65_535; // which each connection begins with
            send(frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(more).array()));
        }
    }

    /** Cancels an HTTP/2 stream. */
    void reset(int stream) throws IOException {
        send(frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(8).array()));
    }

    /** Waits for bytes, at most so many; how many came, -1 at the end. */
    int read(int most) throws IOException {
        return socket.getInputStream().read(new byte[most]);
    }

    /** Reads to the end of the connection; the last bytes as text. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Goes away with a reset of the connection rather than with its end. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Literals without index (RFC 7541, section 6.2.2). */
    private static byte[] headers(String path, String... more) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83); // :method POST
        block.write(0x86); // :scheme http
        block.write(0x04);
        text(block, path);
        block.write(0x01);
        text(block, "localhost");
        for (int i = 0; i < more.length; i += 2) {
            block.write(0);
            text(block, more[i]);
            text(block, more[i + 1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        block.write(text.length()); // all are shorter than 127
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteString.copyFrom(first).concat(ByteString.copyFrom(second)).toByteArray();
    }
}
