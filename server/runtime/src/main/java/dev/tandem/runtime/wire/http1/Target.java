package dev.tandem.runtime.wire.http1;

/**
 * The path and query of a request. Whether what is encoded in them is UTF-8 is asked by those who
 * decode them.
 */
final class Target {
    private Target() {}

    /**
     * Checks every byte (RFC 3986, sections 3.3 and 3.4; in a query, what else is visible may stand
     * as it is, as clients send {@code labels[key]}).
     *
     * @throws dev.tandem.runtime.call.ApiException at the first that is wrong
     */
    static void check(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '?') {
            byte b = bytes[at];
            if (b == '%') {
                if (!isEscape(bytes, at, to)) {
                    throw Malformed.path("it must be percent-encoded UTF-8.");
                }
                at += 3;
            } else if (Octets.isPath(b)) {
                at++;
            } else {
                throw Malformed.path(mustBeEncoded(b));
            }
        }
        for (at++; at < to; at++) {
            byte b = bytes[at];
            if (!Octets.isVisible(b) || b == '#') {
                throw Malformed.query(mustBeEncoded(b));
            }
        }
    }

    private static boolean isEscape(byte[] bytes, int at, int to) {
        return at + 2 < to && Octets.hex(bytes[at + 1]) >= 0 && Octets.hex(bytes[at + 2]) >= 0;
    }

    private static String mustBeEncoded(byte b) {
        return "it must be percent-encoded UTF-8. Encode the " + Octets.shown(b) + " in it.";
    }
}
