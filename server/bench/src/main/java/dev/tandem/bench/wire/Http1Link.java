package dev.tandem.bench.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 connection: one call after the other, answered in chunks or as a whole. */
final class Http1Link extends Link {
    private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern LENGTH =
            Pattern.compile("content-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

    private final Load load;
    private final Tally tally;
    private final byte[] request;
    private @Nullable Body body; // null while no call is under way
    private boolean inHead;
    private int left; // bytes of a whole answer; negative where it comes in chunks

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
                Accept: %s\r
                Content-Type: application/json\r
                %s\
                Content-Length: %d\r
                \r
                """
                        .formatted(
                                load.path(),
                                port,
                                load.streams() ? "text/event-stream" : "application/json",
                                more(load),
                                content.length);
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        request = Arrays.copyOf(bytes, bytes.length + content.length);
        System.arraycopy(content, 0, request, bytes.length, content.length);
    }

    private static String more(Load load) {
        return load.headers().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
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
        while ((next = next(array, at, to)) > at) {
            at = next;
        }
        return at;
    }

    private int next(byte[] array, int from, int to) {
        if (inHead) {
            return head(array, from, to);
        }
        return left < 0 ? chunk(array, from, to) : whole(array, from, to);
    }

    private int head(byte[] array, int from, int to) {
        for (int at = from; at + 3 < to; at++) {
            if (array[at] == '\r' && array[at + 2] == '\r') {
                if (!Arrays.equals(array, from, from + OK.length, OK, 0, OK.length)) {
                    throw new IllegalStateException(
                            new String(array, from, to - from, StandardCharsets.UTF_8));
                }
                inHead = false;
                left = length(new String(array, from, at - from, StandardCharsets.US_ASCII));
                return at + 4;
            }
        }
        return from;
    }

    private static int length(String head) {
        Matcher matcher = LENGTH.matcher(head);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private int whole(byte[] array, int from, int to) {
        int count = Math.min(left, to - from);
        if (count > 0) {
            current().bytes(array, from, count);
            left -= count;
            if (left == 0) {
                end();
            }
        }
        return from + count;
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
        if (size > 0) {
            current().bytes(array, data, size);
        } else {
            end();
        }
        return end;
    }

    private Body current() {
        Body current = body;
        if (current == null) {
            throw new IllegalStateException("bytes that nobody asked for");
        }
        return current;
    }

    private void end() {
        current().end();
        body = null;
        if (more()) {
            begin();
        }
    }
}
