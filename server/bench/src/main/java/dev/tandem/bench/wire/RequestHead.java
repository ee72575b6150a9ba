package dev.tandem.bench.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

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
        String[] fields =
                load.wire() == Load.Wire.GRPC
                        ? new String[] {
                            ":path", load.path(),
                            ":authority", "127.0.0.1:" + port,
                            "content-type", "application/grpc",
                            "te", "trailers",
                            "user-agent", "bench",
                            "grpc-accept-encoding", "gzip"
                        }
                        : new String[] {
                            ":path", load.path(),
                            ":authority", "127.0.0.1:" + port,
                            "content-type", "application/json",
                            "accept", "text/event-stream",
                            "user-agent", "bench"
                        };
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        names.write(POST);
        names.write(HTTP);
        numbers.write(POST);
        numbers.write(HTTP);
        for (int i = 0; i < fields.length; i += 2) {
            names.write(REMEMBER);
            text(fields[i], names);
            text(fields[i + 1], names);
            numbers.write(KNOWN | FIRST_REMEMBERED + (fields.length - i) / 2 - 1);
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
