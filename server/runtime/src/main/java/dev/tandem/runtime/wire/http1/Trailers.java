package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.wire.connection.WireSettings;

/** The fields behind a body in chunks: checked, bounded and dropped (RFC 9112, section 7.1.2). */
final class Trailers {
    private enum At {
        BEGIN,
        NAME,
        VALUE,
        LINE_FEED,
        LAST_LINE_FEED
    }

    private final WireSettings.Http1 limits;
    private At at = At.BEGIN;
    private int length;
    private int fields;

    Trailers(WireSettings.Http1 limits) {
        this.limits = limits;
    }

    /**
     * Takes the next byte; returns whether it was the last of the body.
     *
     * @throws dev.tandem.runtime.call.ApiException where it cannot stand there
     */
    boolean take(byte b) {
        if (++length > limits.maxHeadBytes()) {
            throw Malformed.headersTooLarge(limits.maxHeadBytes());
        }
        at =
                switch (at) {
                    case BEGIN -> b == Octets.CR ? At.LAST_LINE_FEED : begin(b);
                    case NAME -> b == ':' ? At.VALUE : name(b);
                    case VALUE -> b == Octets.CR ? At.LINE_FEED : value(b);
                    case LINE_FEED, LAST_LINE_FEED -> lineFeed(b);
                };
        return at == At.LAST_LINE_FEED && b == Octets.LF;
    }

    private At begin(byte b) {
        if (++fields > limits.maxFields()) {
            throw Malformed.tooManyFields(limits.maxFields());
        }
        return name(b);
    }

    private static At name(byte b) {
        if (Octets.isToken(b)) {
            return At.NAME;
        }
        throw Malformed.request("the byte " + Octets.shown(b) + " stands in a trailer's name.");
    }

    private static At value(byte b) {
        if (Octets.isFieldText(b)) {
            return At.VALUE;
        }
        throw Malformed.request("the byte " + Octets.shown(b) + " stands in a trailer's value.");
    }

    private At lineFeed(byte b) {
        if (b != Octets.LF) {
            throw Malformed.request("a CR without LF stands in a trailer.");
        }
        return at == At.LAST_LINE_FEED ? At.LAST_LINE_FEED : At.BEGIN;
    }
}
