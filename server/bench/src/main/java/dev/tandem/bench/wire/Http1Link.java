package dev.tandem.bench.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 connection: one call after the other, each answered in chunks. */
final class Http1Link extends Link {
    private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private final Load load;
    private final Tally tally;
    private final byte[] request;
    private @Nullable Body body; // null while no call is under way
    private boolean inHead;

    Http1Link(int port, Load load, Tally tally) throws IOException {
        super(port, tally);
        this.load = load;
        this.tally = tally;
        byte[] content = load.body();
        String head =
                """
                POST %s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                User-Agent: bench\r
                Accept: text/event-stream\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                """
                        .formatted(load.path(), port, content.length);
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        request = Arrays.copyOf(bytes, bytes.length + content.length);
        System.arraycopy(content, 0, request, bytes.length, content.length);
    }

    @Override
    void begin() {
        body = load.answer(tally);
        inHead = true;
        send(request);
    }

    @Override
    boolean idle() {
        return body == null;
    }

    @Override
    int accept(byte[] array, int from, int to) {
        int at = from;
        int next;
        while ((next = inHead ? head(array, at, to) : chunk(array, at, to)) > at) {
            at = next;
        }
        return at;
    }

    private int head(byte[] array, int from, int to) {
        for (int at = from; at + 3 < to; at++) {
            if (array[at] == '\r' && array[at + 2] == '\r') {
                if (!Arrays.equals(array, from, from + OK.length, OK, 0, OK.length)) {
                    throw new IllegalStateException(
                            new String(array, from, to - from, StandardCharsets.UTF_8));
                }
                inHead = false;
                return at + 4;
            }
        }
        return from;
    }

    private int chunk(byte[] array, int from, int to) {
        int size = 0;
        int at = from;
        while (at < to && array[at] != '\r') {
            size = size << 4 | Character.digit(array[at++], 16);
        }
        int data = at + 2;
        int end = data + size + 2;
        if (end > to) {
            return from;
        }
        Body current = body;
        if (current == null) {
            throw new IllegalStateException("bytes that nobody asked for");
        }
        if (size > 0) {
            current.bytes(array, data, size);
        } else {
            current.end();
            body = null;
            if (more()) {
                begin();
            }
        }
        return end;
    }
}
