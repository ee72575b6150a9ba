package dev.tandem.runtime.wire.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.wire.connection.WireSettings;
import java.util.Arrays;

/**
 * A request's line and header fields, checked as they arrive (RFC 9112). Positions count from the
 * head's first byte. One is used for all requests of a connection; it makes no objects.
 */
final class RequestHead {
    /** Empty lines that are passed over before a request (RFC 9112, section 2.2). */
    private static final int EMPTY_LINES = 2;

    private final WireSettings.Http1 limits;
    private final RequestLine line = new RequestLine();
    private final BodyFraming framing;

    private int scanned;
    private int lineBegin;
    private int begin; // of the request line, behind empty lines
    private int fieldsBegin; // 0 until the request line is read
    private int fields;

    /**
     * @param largestBody bytes that any body may have
     */
    RequestHead(WireSettings.Http1 limits, long largestBody) {
        this.limits = limits;
        framing = new BodyFraming(largestBody);
    }

    /** A new head follows. */
    void begin() {
        scanned = 0;
        lineBegin = 0;
        begin = 0;
        fieldsBegin = 0;
        fields = 0;
        framing.begin();
    }

    /**
     * Reads on where the last call ended; returns whether the head is whole.
     *
     * @param from the head's first byte, {@code to} behind the last that has arrived
     * @throws ApiException where it cannot be served
     */
    boolean read(byte[] bytes, int from, int to) {
        int at = from + scanned;
        while (at < to) {
            if (bytes[at++] == Octets.LF) {
                checkSize(at - from);
                boolean whole = line(bytes, from, from + lineBegin, at);
                lineBegin = at - from;
                if (whole) {
                    scanned = at - from;
                    return true;
                }
            }
        }
        scanned = at - from;
        checkUnfinished(bytes, from, at);
        return false;
    }

    /** Returns whether it was the empty line at the end. */
    private boolean line(byte[] bytes, int from, int begins, int behind) {
        int end = behind - 2;
        if (end < begins || bytes[end] != Octets.CR) {
            throw Malformed.request("a line ends with LF alone; lines end with CR LF.");
        }
        if (fieldsBegin == 0) {
            if (end == begins) {
                emptyLine(behind - from);
            } else {
                checkLine(end - begins);
                checkFirst(bytes[begins], end - begins);
                line.read(bytes, begins, end);
                fieldsBegin = behind - from;
            }
            return false;
        }
        if (end == begins) {
            framing.check();
            return true;
        }
        if (++fields > limits.maxFields()) {
            throw Malformed.tooManyFields(limits.maxFields());
        }
        FieldLine.read(bytes, begins, end, framing);
        return false;
    }

    private void emptyLine(int behind) {
        begin = behind;
        if (behind > 2 * EMPTY_LINES) {
            throw Malformed.request("it begins with empty lines.");
        }
    }

    private void checkUnfinished(byte[] bytes, int from, int to) {
        if (fieldsBegin == 0) {
            checkLine(scanned - lineBegin);
            if (begin == lineBegin && scanned > begin) {
                checkFirst(bytes[from + begin], to - from - begin);
            }
        }
        checkSize(scanned);
    }

    /** What is no HTTP at all, as TLS on a port without it, is told before a line ends. */
    private static void checkFirst(byte first, int length) {
        boolean emptyLine = first == Octets.CR && length == 1;
        if (!Octets.isToken(first) && !emptyLine) {
            throw Malformed.request(
                    "it begins with the byte " + Octets.shown(first) + "; is the scheme right?");
        }
    }

    private void checkLine(int length) {
        if (length > limits.maxRequestLine()) {
            throw Malformed.lineTooLong(limits.maxRequestLine());
        }
    }

    private void checkSize(int length) {
        if (length - begin > limits.maxHeadBytes()) {
            throw Malformed.headersTooLarge(limits.maxHeadBytes());
        }
    }

    BodyFraming framing() {
        return framing;
    }

    /** Where the request line begins, behind empty lines. */
    int first() {
        return begin;
    }

    /** Behind the head, once it is whole. */
    int end() {
        return scanned;
    }

    /** Must the head be written anew for those who take no URL for a target? */
    boolean absolute() {
        return line.absolute();
    }

    /**
     * The same head with a path as its target, and with the target's host in place of the Host
     * field's (RFC 9112, section 3.2.2).
     *
     * @param from where the head begins
     */
    byte[] withPath(byte[] bytes, int from) {
        byte[] written = new byte[scanned + 2];
        int size = 0;
        size = append(written, size, bytes, from + begin, line.methodEnd() + 1);
        if (line.authorityEnd() == line.targetEnd() || bytes[line.authorityEnd()] != '/') {
            written[size++] = '/';
        }
        size = append(written, size, bytes, line.authorityEnd(), from + fieldsBegin);
        byte[] host = "Host: ".getBytes(ISO_8859_1);
        size = append(written, size, host, 0, host.length);
        size = append(written, size, bytes, line.authority(), line.authorityEnd());
        written[size++] = Octets.CR;
        written[size++] = Octets.LF;
        int at = from + fieldsBegin;
        while (at < from + scanned) {
            int next = nextLine(bytes, at);
            if (next - at < 5 || !Octets.spell(bytes, at, at + 5, "host:")) {
                size = append(written, size, bytes, at, next);
            }
            at = next;
        }
        return Arrays.copyOf(written, size);
    }

    private static int append(byte[] to, int size, byte[] bytes, int from, int end) {
        System.arraycopy(bytes, from, to, size, end - from);
        return size + end - from;
    }

    private static int nextLine(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != Octets.LF) {
            at++;
        }
        return at + 1;
    }

    /** The method, for the log; {@code -} where it could not be read. */
    String method(byte[] bytes, int from) {
        return fieldsBegin == 0
                ? "-"
                : new String(bytes, from + begin, line.methodEnd() - from - begin, ISO_8859_1);
    }

    /** The path without query, for the log; {@code -} where it could not be read. */
    String path(byte[] bytes, int from) {
        if (fieldsBegin == 0) {
            return "-";
        }
        String target =
                new String(
                        bytes,
                        line.methodEnd() + 1,
                        line.targetEnd() - line.methodEnd() - 1,
                        ISO_8859_1);
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
