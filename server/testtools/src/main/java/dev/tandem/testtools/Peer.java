package dev.tandem.testtools;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client of one connection of a {@link RawServer}. */
public final class Peer {
    /** A request as it came. */
    public record Request(String head, String body) {
        /** The value of a header; empty where there is none. */
        public String header(String name) {
            for (String line : head.lines().toList()) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    private final Socket socket;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile long goneAt;
    private volatile @Nullable Exception failure;

    Peer(Socket socket) {
        this.socket = socket;
    }

    /** Reads one request, its body by its content-length. */
    public Request request() throws IOException {
        InputStream in = input();
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
        Request request = new Request(bare.head(), new String(body, StandardCharsets.UTF_8));
        requests.add(request);
        return request;
    }

    private @Nullable InputStream in;

    private InputStream input() throws IOException {
        InputStream now = in;
        if (now == null) {
            now = new BufferedInputStream(socket.getInputStream());
            in = now;
        }
        return now;
    }

    /** The requests so far. */
    public List<Request> requests() {
        return requests;
    }

    /** Writes text. */
    public void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes. */
    public void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** A whole answer with a length. */
    public void answer(String status, String type, String body, String... headers)
            throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        head.append("content-type: ").append(type).append("\r\n");
        head.append("content-length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        say(head + "\r\n" + body);
    }

    /** The head of an answer in events, in chunks. */
    public void beginEvents() throws IOException {
        String type = "content-type: text/event-stream; charset=utf-8\r\n";
        say("HTTP/1.1 200 OK\r\n" + type + "transfer-encoding: chunked\r\n\r\n");
    }

    /** One chunk of an answer that was begun so. */
    public void chunk(String text) throws IOException {
        chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One chunk of bytes. */
    public void chunk(byte[] bytes) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes(
                (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        say(chunk.toByteArray());
    }

    /** Events with these data, each in a chunk of its own. */
    public void events(String... data) throws IOException {
        for (String each : data) {
            chunk("data: " + each + "\n\n");
        }
    }

    /** The end of an answer in chunks. */
    public void endChunks() throws IOException {
        say("0\r\n\r\n");
    }

    /** Ends the connection as a crash does: RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits, without limit, until the client ends the connection. */
    public void awaitLeaving() throws IOException {
        try {
            while (input().read() >= 0) {
                // more than the test wants to know
            }
        } finally {
            goneAt = System.nanoTime();
            gone.countDown();
        }
    }

    /** Waits until the client has left; the moment by {@code System.nanoTime()}. For the test. */
    public long awaitGone() throws InterruptedException {
        if (!gone.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the client did not leave");
        }
        return goneAt;
    }

    void failed(Exception e) {
        failure = e;
        goneAt = System.nanoTime();
        gone.countDown();
    }

    /** What ended the talk early; null where nothing did. */
    public @Nullable Exception failure() {
        return failure;
    }
}
