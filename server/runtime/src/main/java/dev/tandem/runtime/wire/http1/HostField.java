package dev.tandem.runtime.wire.http1;

/** The host and port of a request (RFC 9110, section 7.2). */
final class HostField {
    private HostField() {}

    /**
     * Checks the form: {@code name}, {@code name:port}, {@code [address]:port}.
     *
     * @throws dev.tandem.runtime.call.ApiException where it has another
     */
    static void check(byte[] bytes, int from, int to) {
        int at =
                from < to && bytes[from] == '['
                        ? literalEnd(bytes, from, to)
                        : nameEnd(bytes, from, to);
        boolean good = at > from;
        if (good && at < to) {
            good = bytes[at] == ':' && to - at <= 6;
            for (int i = at + 1; i < to; i++) {
                good &= Octets.isDigit(bytes[i]);
            }
        }
        if (!good) {
            throw Malformed.request("its host is not a name or address, with or without a port.");
        }
    }

    private static int nameEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ':' && isName(bytes[at])) {
            at++;
        }
        return at;
    }

    /** A name's character (RFC 3986, section 3.2.2). */
    private static boolean isName(byte b) {
        return (Octets.isPath(b) && b != '@' && b != '/') || b == '%';
    }

    private static int literalEnd(byte[] bytes, int from, int to) {
        int at = from + 1;
        while (at < to && (Octets.hex(bytes[at]) >= 0 || bytes[at] == ':' || bytes[at] == '.')) {
            at++;
        }
        return at > from + 1 && at < to && bytes[at] == ']' ? at + 1 : from;
    }
}
