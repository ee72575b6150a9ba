package dev.tandem.bench.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers of one kind of request on one HTTP/2 connection, as HPACK (RFC 7541): the first time
 * with names and values, which both sides remember, and then by their numbers.
 */
final class RequestHead {
    private static final int POST = 0x83;
    private static final int HTTP = 0x86;
    private static final int REMEMBER = 0x40;
    private static final int KNOWN = 0x80;
    private static final int FIRST_REMEMBERED = 62;

    private final byte[] first;
    private final byte[] later;

    RequestHead(Load load, int port) {
        List<String> fields = new ArrayList<>();
        fields.addAll(List.of(":path", load.path(), ":authority", "127.0.0.1:" + port));
        fields.addAll(
                load.wire() == Load.Wire.GRPC
                        ? List.of(
                                "content-type",
                                "application/grpc",
                                "te",
                                "trailers",
                                "grpc-accept-encoding",
                                "gzip")
                        : List.of(
                                "content-type", "application/json", "accept", "text/event-stream"));
        fields.addAll(List.of("user-agent", "bench"));
        load.headers().forEach((name, value) -> fields.addAll(List.of(name, value)));
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        names.write(POST);
        names.write(HTTP);
        numbers.write(POST);
        numbers.write(HTTP);
        for (int i = 0; i < fields.size(); i += 2) {
            names.write(REMEMBER);
            text(fields.get(i), names);
            text(fields.get(i + 1), names);
            numbers.write(KNOWN | FIRST_REMEMBERED + (fields.size() - i) / 2 - 1);
        }
        first = names.toByteArray();
        later = numbers.toByteArray();
    }

    private static void text(String text, ByteArrayOutputStream out) {
        out.write(text.length()); // all are shorter than 127
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The header block of the connection's first request. */
    byte[] first() {
        return first;
    }

    /** The header block of all others. */
    byte[] later() {
        return later;
    }
}
