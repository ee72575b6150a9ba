package dev.tandem.runtime.wire.http1;

/**
 * The line before a chunk: its size, and extensions, which are checked and dropped (RFC 9112,
 * section 7.1). Fed byte by byte; nothing of it is kept but the size.
 */
final class ChunkLine {
    /** Bytes of one line. */
    private static final int LONGEST = 1024;

    /** Digits of a size; one of more is larger than any limit. */
    private static final int MOST_DIGITS = 15;

    private enum At {
        SIZE,
        NAME_BEGIN,
        NAME,
        VALUE_BEGIN,
        VALUE,
        QUOTED,
        ESCAPED,
        QUOTED_END,
        LINE_FEED
    }

    private At at = At.SIZE;
    private long size;
    private int digits;
    private int length;

    void begin() {
        at = At.SIZE;
        size = 0;
        digits = 0;
        length = 0;
    }

    /**
     * Takes the next byte; returns whether the line is whole.
     *
     * @throws dev.tandem.runtime.call.ApiException where it cannot stand there
     */
    boolean take(byte b) {
        if (++length > LONGEST) {
            throw Malformed.request("the line before a chunk is longer than 1024 bytes.");
        }
        if (at == At.LINE_FEED) {
            if (b == Octets.LF) {
                return true;
            }
            throw Malformed.request("a CR without LF stands in the line before a chunk.");
        }
        at = at == At.SIZE ? ofSize(b) : ofExtension(b);
        return false;
    }

    private At ofSize(byte b) {
        int digit = Octets.hex(b);
        if (digit >= 0) {
            size = (size << 4) | digit;
            if (++digits > MOST_DIGITS) {
                throw Malformed.request("the size of a chunk has more than 15 digits.");
            }
            return At.SIZE;
        }
        if (digits == 0 || (b != Octets.CR && b != ';')) {
            throw Malformed.request(
                    "a chunk begins with its size in hexadecimal, not with "
                            + Octets.shown(b)
                            + ".");
        }
        return b == Octets.CR ? At.LINE_FEED : At.NAME_BEGIN;
    }

    private At ofExtension(byte b) {
        return switch (at) {
            case NAME_BEGIN -> Octets.isBlank(b) ? At.NAME_BEGIN : token(b, At.NAME);
            case NAME -> b == '=' ? At.VALUE_BEGIN : endOr(b, At.NAME);
            case VALUE_BEGIN -> valueBegin(b);
            case VALUE -> endOr(b, At.VALUE);
            case QUOTED -> quoted(b);
            case ESCAPED -> text(b, At.QUOTED);
            default -> end(b);
        };
    }

    private static At valueBegin(byte b) {
        if (Octets.isBlank(b)) {
            return At.VALUE_BEGIN;
        }
        return b == '"' ? At.QUOTED : token(b, At.VALUE);
    }

    private static At quoted(byte b) {
        return switch (b) {
            case '"' -> At.QUOTED_END;
            case '\\' -> At.ESCAPED;
            default -> text(b, At.QUOTED);
        };
    }

    private static At endOr(byte b, At more) {
        return Octets.isToken(b) ? more : end(b);
    }

    private static At end(byte b) {
        return switch (b) {
            case Octets.CR -> At.LINE_FEED;
            case ';' -> At.NAME_BEGIN;
            default -> throw badExtension(b);
        };
    }

    private static At token(byte b, At next) {
        if (Octets.isToken(b)) {
            return next;
        }
        throw badExtension(b);
    }

    private static At text(byte b, At next) {
        if (Octets.isFieldText(b)) {
            return next;
        }
        throw badExtension(b);
    }

    private static RuntimeException badExtension(byte b) {
        return Malformed.request(
                "the byte " + Octets.shown(b) + " stands in the extension of a chunk.");
    }

    /** Bytes of the chunk, once the line is whole. */
    long size() {
        return size;
    }

    /** Bytes that the line had. */
    int length() {
        return length;
    }
}
