package dev.tandem.runtime;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The answer to one request that was sent by hand, over either HTTP.
 *
 * @param headers by name in lower case; several values with commas between them
 */
record RawAnswer(int status, Map<String, String> headers, ByteString body) {
    private static final int PATIENCE_MILLIS = 20_000;

    /** Which HTTP. */
    enum Version {
        HTTP_1_1,
        HTTP_2
    }

    /**
     * Sends a request.
     *
     * @param headers names and values
     */
    static RawAnswer to(
            Version version,
            int port,
            String method,
            String path,
            byte[] content,
            String... headers) {
        try {
            return version == Version.HTTP_1_1
                    ? byHttp1(port, method, path, content, headers)
                    : byHttp2(port, method, path, content, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return body.toStringUtf8();
    }

    String unpacked() {
        try (GZIPInputStream in = new GZIPInputStream(body.newInput())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static RawAnswer byHttp1(
            int port, String method, String path, byte[] content, String... headers)
            throws IOException {
        StringBuilder head =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        if (content.length > 0) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(content);
            return parsed(socket.getInputStream().readAllBytes());
        }
    }

    private static RawAnswer parsed(byte[] all) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no head: " + text);
        }
        List<String> lines = text.substring(0, end).lines().toList();
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            add(headers, line.substring(0, colon), line.substring(colon + 1));
        }
        byte[] body = Arrays.copyOfRange(all, end + 4, all.length);
        boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
        return new RawAnswer(
                Integer.parseInt(lines.getFirst().substring(9, 12)),
                headers,
                ByteString.copyFrom(chunked ? joined(body) : body));
    }

    private static byte[] joined(byte[] chunks) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        String text = new String(chunks, StandardCharsets.ISO_8859_1);
        for (int at = 0; ; ) {
            int line = text.indexOf("\r\n", at);
            int size = Integer.parseInt(text.substring(at, line), 16);
            if (size == 0) {
                return joined.toByteArray();
            }
            joined.write(chunks, line + 2, size);
            at = line + 2 + size + 2;
        }
    }

    private static RawAnswer byHttp2(
            int port, String method, String path, byte[] content, String... headers)
            throws IOException {
        try (RawHttp2 http = new RawHttp2(port)) {
            List<String> lower = new ArrayList<>();
            for (int i = 0; i < headers.length; i += 2) {
                lower.add(headers[i]);
                lower.add(headers[i + 1]);
            }
            http.request(method, path, content, lower);
            http.readAll();
            Map<String, String> answered = new TreeMap<>();
            http.head()
                    .lines()
                    .forEach(line -> {
                        int space = line.indexOf(' ');
                        add(answered, line.substring(0, space), line.substring(space + 1));
                    });
            int status = Integer.parseInt(answered.getOrDefault(":status", "0"));
            return new RawAnswer(status, answered, ByteString.copyFrom(http.bytes()));
        }
    }

    private static void add(Map<String, String> headers, String name, String value) {
        headers.merge(
                name.strip().toLowerCase(Locale.ROOT),
                value.strip(),
                (one, other) -> one + ", " + other);
    }
}
