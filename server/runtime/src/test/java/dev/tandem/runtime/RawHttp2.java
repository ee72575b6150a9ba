package dev.tandem.runtime;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2HuffmanDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One request over HTTP/2 with prior knowledge, by hand: the first stream of a connection. */
final class RawHttp2 implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 1;
    private static final int MAX_FRAME = 16 * 1024;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Http2Headers.DynamicTable table = Http2Headers.DynamicTable.create(4096);
    private String head = "";
    private boolean ended;
    private int resetCode = -1;

    RawHttp2(int port) throws IOException {
        this(port, 0);
    }

    /**
     * @param receiveBuffer bytes that the client's side of the socket takes unread; 0 for the usual
     */
    RawHttp2(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream()
                .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /**
     * Sends the request.
     *
     * @param json empty for none
     * @param more names and values
     */
    void request(String method, String path, String json, String... more) throws IOException {
        List<String> headers = new ArrayList<>(List.of(more));
        if (!json.isEmpty()) {
            headers.addAll(0, List.of("content-type", "application/json"));
        }
        request(method, path, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    /**
     * Sends the request.
     *
     * @param content empty for none
     * @param more names and values
     */
    void request(String method, String path, byte[] content, List<String> more) throws IOException {
        int end = content.length == 0 ? END_STREAM : 0;
        frame(HEADERS, END_HEADERS | end, STREAM, block(method, path, more));
        for (int from = 0; from < content.length; from += MAX_FRAME) {
            int to = Math.min(content.length, from + MAX_FRAME);
            frame(
                    DATA,
                    to == content.length ? END_STREAM : 0,
                    STREAM,
                    Arrays.copyOfRange(content, from, to));
        }
    }

    private static byte[] block(String method, String path, List<String> more) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        literal(block, 2, "", method);
        literal(block, 4, "", path);
        literal(block, 6, "", "http");
        literal(block, 1, "", "localhost");
        for (int i = 0; i < more.size(); i += 2) {
            literal(block, 0, more.get(i), more.get(i + 1));
        }
        return block.toByteArray();
    }

    /**
     * Sends the head of a request whose body is still to come.
     *
     * @param more names and values
     */
    void begin(String method, String path, String... more) throws IOException {
        frame(HEADERS, END_HEADERS, STREAM, block(method, path, List.of(more)));
    }

    /** Sends a piece of the body. */
    void data(byte[] piece, boolean end) throws IOException {
        frame(DATA, end ? END_STREAM : 0, STREAM, piece);
    }

    /** Lets the server send as much as HTTP/2 can say. */
    void openWindows() throws IOException {
        int most = Integer.MAX_VALUE;
        frame(SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort((short) 4).putInt(most).array());
        frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(most - 65_535).array());
    }

    /** Reads until the server resets the stream; the error code. */
    int awaitReset() throws IOException {
        while (resetCode < 0) {
            readFrame();
        }
        return resetCode;
    }

    void reset() throws IOException {
        frame(RST_STREAM, 0, STREAM, ByteBuffer.allocate(4).putInt(8).array());
    }

    /** Reads to the end of the answer; returns its body. */
    String readAll() throws IOException {
        while (!ended) {
            readFrame();
        }
        return body();
    }

    /** Reads until the body has the text. */
    void readUntil(String text) throws IOException {
        while (!body().contains(text)) {
            if (ended) {
                throw new AssertionError("ended with: " + head + body());
            }
            readFrame();
        }
    }

    byte[] bytes() {
        return body.toByteArray();
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** Status, headers and trailers, a line each: {@code :status 200}. */
    String head() {
        return head;
    }

    /**
     * Sends a frame that the server may not want any more: what it has sent is read all the same.
     */
    private void answer(int type, int flags, int stream, byte[] payload) {
        try {
            frame(type, flags, stream, payload);
        } catch (IOException e) {
            // it has closed
        }
    }

    private void readFrame() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(length);
        switch (type) {
            case DATA -> {
                body.writeBytes(payload);
                if (length > 0) {
                    byte[] credit = ByteBuffer.allocate(4).putInt(length).array();
                    answer(WINDOW_UPDATE, 0, STREAM, credit);
                    answer(WINDOW_UPDATE, 0, 0, credit);
                }
            }
            case HEADERS -> decode(flags, payload);
            case RST_STREAM -> {
                resetCode = ByteBuffer.wrap(payload).getInt();
                if (!ended && resetCode != 0) {
                    throw new AssertionError("the stream was reset with " + resetCode);
                }
            }
            case GOAWAY -> {
                if (ByteBuffer.wrap(payload).getInt(4) != 0) {
                    throw new AssertionError(
                            "GOAWAY " + new String(payload, StandardCharsets.ISO_8859_1));
                }
            }
            case SETTINGS -> {
                if (flags == 0) {
                    answer(SETTINGS, 1, 0, new byte[0]);
                }
            }
            default -> {}
        }
        ended |= stream == STREAM && type <= HEADERS && (flags & END_STREAM) != 0;
    }

    private void decode(int flags, byte[] payload) {
        Http2FrameHeader header =
                Http2FrameHeader.create(
                        payload.length,
                        Http2FrameTypes.HEADERS,
                        Http2Flag.HeaderFlags.create(flags),
                        STREAM);
        Http2Headers headers =
                Http2Headers.create(
                        null,
                        table,
                        Http2HuffmanDecoder.create(),
                        new Http2FrameData(header, BufferData.create(payload)));
        StringBuilder text = new StringBuilder(head); // trailers come behind
        if (text.isEmpty()) {
            text.append(":status ").append(headers.status().code()).append('\n');
        }
        headers.httpHeaders()
                .forEach(each ->
                        text.append(each.headerName().lowerCase())
                                .append(' ')
                                .append(each.get())
                                .append('\n'));
        head = text.toString();
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    /** A header literal without index (RFC 7541, section 6.2.2). */
    private static void literal(ByteArrayOutputStream block, int index, String name, String value) {
        block.write(index);
        if (index == 0) {
            string(block, name);
        }
        string(block, value);
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127); // RFC 7541, section 5.1
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
