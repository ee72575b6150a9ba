package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;

/**
 * Where a request's body ends, and what else of its header fields is about the connection (RFC
 * 9112, section 6). Whatever two readers might understand differently is refused: there request
 * smuggling begins. One is used for all requests of a connection.
 */
final class BodyFraming {
    /** Digits of a length; one of more is larger than any limit. */
    private static final int MOST_DIGITS = 18;

    private static final String BOTH =
            "it has Content-Length and Transfer-Encoding; send one of them.";

    private final long largestBody;
    private long length; // -1 unless told
    private boolean coded;
    private boolean chunked;
    private boolean foreignCoding;
    private boolean last;
    private boolean hosted;

    /**
     * @param largestBody bytes that any body may have
     */
    BodyFraming(long largestBody) {
        this.largestBody = largestBody;
    }

    void begin() {
        length = -1;
        coded = false;
        chunked = false;
        foreignCoding = false;
        last = false;
        hosted = false;
    }

    /** A field, its value without the blanks around it; those of no interest are passed over. */
    void field(byte[] bytes, int name, int nameEnd, int value, int valueEnd) {
        switch (nameEnd - name) {
            case 4 -> {
                if (Octets.spell(bytes, name, nameEnd, "host")) {
                    host(bytes, value, valueEnd);
                }
            }
            case 6 -> {
                if (Octets.spell(bytes, name, nameEnd, "expect")) {
                    expect(bytes, value, valueEnd);
                }
            }
            case 10 -> {
                if (Octets.spell(bytes, name, nameEnd, "connection")) {
                    connection(bytes, value, valueEnd);
                }
            }
            case 14 -> {
                if (Octets.spell(bytes, name, nameEnd, "content-length")) {
                    contentLength(bytes, value, valueEnd);
                } else if (Octets.spell(bytes, name, nameEnd, "content_length")) {
                    throw lookAlike("Content_Length", "Content-Length");
                }
            }
            case 17 -> {
                if (Octets.spell(bytes, name, nameEnd, "transfer-encoding")) {
                    transferEncoding(bytes, value, valueEnd);
                } else if (Octets.spell(bytes, name, nameEnd, "transfer_encoding")) {
                    throw lookAlike("Transfer_Encoding", "Transfer-Encoding");
                }
            }
            default -> {}
        }
    }

    /** Legal, and of no meaning; but some read an underscore as a hyphen. */
    private static ApiException lookAlike(String name, String meant) {
        return Malformed.request(
                "nobody can be sure what is meant by its " + name + "; write " + meant + ".");
    }

    private void host(byte[] bytes, int from, int to) {
        if (hosted) {
            throw Malformed.request("it has several Host headers; send one.");
        }
        hosted = true;
        HostField.check(bytes, from, to);
    }

    private static void expect(byte[] bytes, int from, int to) {
        if (!Octets.spell(bytes, from, to, "100-continue")) {
            throw Malformed.of(
                    Reasons.EXPECTATION_FAILED,
                    "The server knows one expectation, 100-continue; leave the Expect header out.");
        }
    }

    private void connection(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            int end = itemEnd(bytes, at, to);
            last |= Octets.spell(bytes, blanks(bytes, at, end), trimmed(bytes, at, end), "close");
            at = end + 1;
        }
    }

    private void contentLength(byte[] bytes, int from, int to) {
        if (length >= 0) {
            throw Malformed.request("it has several Content-Length headers; send one.");
        }
        if (from == to) {
            throw Malformed.request("its Content-Length is empty.");
        }
        long told = 0;
        for (int at = from; at < to; at++) {
            if (!Octets.isDigit(bytes[at])) {
                throw Malformed.request("its Content-Length is not a number in digits.");
            }
            told = told * 10 + (bytes[at] - '0');
            if (told < 0 || at - from > MOST_DIGITS) {
                throw Malformed.bodyTooLarge(largestBody);
            }
        }
        length = told;
    }

    private void transferEncoding(byte[] bytes, int from, int to) {
        coded = true;
        int at = from;
        do {
            int end = itemEnd(bytes, at, to);
            coding(bytes, blanks(bytes, at, end), trimmed(bytes, at, end));
            at = end + 1;
        } while (at <= to);
    }

    private void coding(byte[] bytes, int from, int to) {
        if (chunked) {
            throw Malformed.request("its Transfer-Encoding names something behind chunked.");
        }
        chunked = Octets.spell(bytes, from, to, "chunked");
        if (chunked) {
            return;
        }
        if (from >= to) {
            throw Malformed.request("its Transfer-Encoding has an empty name in it.");
        }
        foreignCoding = true;
    }

    private static int itemEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ',') {
            at++;
        }
        return at;
    }

    private static int blanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && Octets.isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static int trimmed(byte[] bytes, int from, int to) {
        int at = to;
        while (at > from && Octets.isBlank(bytes[at - 1])) {
            at--;
        }
        return at;
    }

    /** All fields are known: is the whole consistent? */
    void check() {
        if (!hosted) {
            throw Malformed.request("it has no Host header.");
        }
        if (coded && length >= 0) {
            throw Malformed.request(BOTH);
        }
        if (foreignCoding) {
            throw Malformed.of(
                    Reasons.UNIMPLEMENTED,
                    "The server knows one Transfer-Encoding, chunked, and no other, alone or before"
                            + " it.");
        }
        if (length > largestBody) {
            throw Malformed.bodyTooLarge(largestBody);
        }
    }

    /** Bytes of the body; 0 where there is none, or it is in chunks. */
    long length() {
        return Math.max(length, 0);
    }

    boolean chunked() {
        return chunked;
    }

    /** Did the client say that this is the connection's last request? */
    boolean last() {
        return last;
    }
}
