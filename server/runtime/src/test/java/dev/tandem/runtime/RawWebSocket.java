package dev.tandem.runtime;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;

/** WebSocket by hand: frames out, frames in. */
final class RawWebSocket implements AutoCloseable {
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int LAST = 0x80;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] MASK = {(byte) 0xa1, 0x17, (byte) 0xfe, 0x5b};

    private final Socket socket;
    private final DataInputStream in;

    /**
     * A frame of the server's.
     *
     * @param text its payload, as ISO 8859-1 where it is no UTF-8
     */
    record Frame(int opcode, boolean last, String text) {
        /** That of a Close frame. */
        int code() {
            return (text.charAt(0) << 8) | text.charAt(1);
        }
    }

    /** Connects; nothing is asked yet. */
    RawWebSocket(int port) {
        this(port, 0);
    }

    /**
     * @param receiveBuffer bytes that the client's side of the socket takes unread; 0 for the usual
     */
    RawWebSocket(int port, int receiveBuffer) {
        this(connected(port, receiveBuffer));
    }

    private RawWebSocket(Socket connected) {
        try {
            socket = connected;
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connected(int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One over TLS; nothing is asked yet. */
    static RawWebSocket overTls(int port, SSLContext keys) {
        try {
            return new RawWebSocket(
                    keys.getSocketFactory()
                            .createSocket(connected(port, 0), "localhost", port, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An open one. */
    static RawWebSocket open(int port, String path) {
        RawWebSocket socket = new RawWebSocket(port);
        socket.upgrade(path);
        return socket;
    }

    /** A request for a WebSocket without its empty line. */
    static String request(String path) {
        return "GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + KEY
                + "\r\n";
    }

    /** Asks for the WebSocket and reads the answer, which must accept it. */
    String upgrade(String path) {
        send(request(path) + "\r\n");
        String head = head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("refused: " + head);
        }
        return head;
    }

    /** Reads up to the empty line. */
    String head() {
        StringBuilder head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            return head.toString();
        } catch (IOException e) {
            throw new AssertionError("read so far: " + head, e);
        }
    }

    /** Sends the characters as bytes, one each. */
    void send(String bytes) {
        send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void text(String text) {
        send(frame(LAST | TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A masked frame whose length is told in the fewest bytes. */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        int length = payload.length;
        if (length <= 125) {
            frame.write(0x80 | length);
        } else if (length <= 0xffff) {
            frame.write(0x80 | 126);
            frame.write(length >> 8);
            frame.write(length);
        } else {
            frame.write(0x80 | 127);
            for (int i = 7; i >= 0; i--) {
                frame.write((int) ((long) length >> (8 * i)));
            }
        }
        frame.writeBytes(MASK);
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % 4];
        }
        frame.writeBytes(masked);
        return frame.toByteArray();
    }

    /** A Close frame's payload. */
    static byte[] closing(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.ISO_8859_1);
        byte[] payload =
                Arrays.copyOf(new byte[] {(byte) (code >> 8), (byte) code}, 2 + text.length);
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    /** The next frame, pings included. */
    Frame next() {
        try {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            if ((second & 0x80) != 0 || (first & 0x70) != 0) {
                throw new AssertionError("a server's frame is masked, or has reserved bits");
            }
            long length =
                    switch (second) {
                        case 126 -> in.readUnsignedShort();
                        case 127 -> in.readLong();
                        default -> second;
                    };
            byte[] payload = in.readNBytes((int) length);
            int opcode = first & 0x0f;
            return new Frame(
                    opcode,
                    (first & LAST) != 0,
                    new String(
                            payload,
                            opcode == TEXT ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError("no frame came", e);
        }
    }

    /** The next Close frame, whatever comes before. */
    Frame awaitClose() {
        Frame frame = next();
        while (frame.opcode() != CLOSE) {
            frame = next();
        }
        return frame;
    }

    /** A byte that is still HTTP's. */
    int nextByte() {
        try {
            return in.readUnsignedByte();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that still is HTTP's, until the server ends its side. */
    String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the server ends its side, which it must. */
    void awaitEnd() {
        try {
            while (true) {
                in.readUnsignedByte();
            }
        } catch (EOFException e) {
            // as it should
        } catch (IOException e) {
            throw new AssertionError("the server did not end", e);
        }
    }

    /** Ends the connection without a Close frame. */
    void hangUp() {
        close();
    }

    /** Lets the server's next write fail. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
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
