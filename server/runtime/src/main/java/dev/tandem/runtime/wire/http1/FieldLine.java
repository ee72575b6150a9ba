package dev.tandem.runtime.wire.http1;

/** One line of a request's header (RFC 9112, section 5). */
final class FieldLine {
    private FieldLine() {}

    /**
     * Checks it and shows it to the framing.
     *
     * @param from where the line begins
     * @param to where it ends, its CR LF not included; behind {@code from}
     * @throws dev.tandem.runtime.call.ApiException where it is no field
     */
    static void read(byte[] bytes, int from, int to, BodyFraming framing) {
        int colon = from;
        while (colon < to && Octets.isToken(bytes[colon])) {
            colon++;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            throw badName(bytes, from, colon, to);
        }
        int value = colon + 1;
        while (value < to && Octets.isBlank(bytes[value])) {
            value++;
        }
        int end = to;
        while (end > value && Octets.isBlank(bytes[end - 1])) {
            end--;
        }
        for (int at = value; at < end; at++) {
            if (!Octets.isFieldText(bytes[at])) {
                throw Malformed.request(
                        "the byte " + Octets.shown(bytes[at]) + " stands in a header's value.");
            }
        }
        framing.field(bytes, from, colon, value, end);
    }

    private static RuntimeException badName(byte[] bytes, int from, int at, int to) {
        if (at == from && Octets.isBlank(bytes[at])) {
            return Malformed.request("a header goes on in the next line; write it on one.");
        }
        if (at == to) {
            return Malformed.request("a header has no colon.");
        }
        if (at == from && bytes[at] == ':') {
            return Malformed.request("a header has no name.");
        }
        return Malformed.request(
                "the byte " + Octets.shown(bytes[at]) + " stands in a header's name.");
    }
}
