package dev.tandem.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 by hand: bytes out, bytes in. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private boolean refused;

    /**
     * @param receiveBuffer bytes that the client's side of the socket takes unread; 0 for the usual
     */
    RawHttp(int port, int receiveBuffer) {
        try {
            socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawHttp(int port) {
        this(port, 0);
    }

    /** Sends a request and reads all until the server closes. */
    static String exchange(int port, String request) {
        try (RawHttp http = new RawHttp(port)) {
            http.send(request);
            return http.readAll();
        }
    }

    /** A POST of JSON. */
    static String post(String path, String json) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + json;
    }

    /** Sends the characters as bytes, one each. */
    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends each character by itself, until the server has closed. */
    void sendBytewise(String text) {
        try {
            for (int i = 0; i < text.length(); i++) {
                socket.getOutputStream().write(text.charAt(i));
            }
        } catch (IOException e) {
            refused = true; // the answer is read all the same
        }
    }

    /** Reads until the text was seen; returns all that came. */
    String readUntil(String text) {
        StringBuilder seen = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            while (seen.indexOf(text) < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError("the server closed after: " + seen);
                }
                seen.append((char) next);
            }
            return seen.toString();
        } catch (IOException e) {
            throw new AssertionError("read so far: " + seen, e);
        }
    }

    String readAll() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "reading" + (refused ? ", after a write failed" : ""), e);
        }
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
