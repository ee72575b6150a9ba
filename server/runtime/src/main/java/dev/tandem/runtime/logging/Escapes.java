package dev.tandem.runtime.logging;

/**
 * Makes text that others wrote harmless in a log: whatever a terminal, a line reader or a JSON
 * parser would take for more than a letter is written as an escape of JSON (RFC 8259, section 7).
 */
final class Escapes {
    private static final String HEX = "0123456789abcdef";

    private Escapes() {}

    /** The text with its escapes, without quotes around it. */
    static void append(StringBuilder out, CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (harmless(c) || pairs(text, i)) {
                out.append(c);
            } else {
                unicode(out, c);
            }
        }
    }

    /** The same between quotes. */
    static void quote(StringBuilder out, CharSequence text) {
        out.append('"');
        append(out, text);
        out.append('"');
    }

    /**
     * The text on one line: as {@link #append}, but quotes and backslashes stay as they are, for
     * sentences.
     */
    static void sentence(StringBuilder out, CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append("\\n");
            } else if (harmless(c) || pairs(text, i)) {
                out.append(c);
            } else {
                unicode(out, c);
            }
        }
    }

    /** Can it stand alone as a value, without quotes? */
    static boolean plain(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127 || c == '"' || c == '\\' || c == '=') {
                return false;
            }
        }
        return length > 0;
    }

    /** No control, no line or paragraph separator, nothing that turns the direction of writing. */
    private static boolean harmless(char c) {
        if (c < 127) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    false;
            default -> true;
        };
    }

    /** Is it half of a character outside the basic plane, with the other half beside it? */
    private static boolean pairs(CharSequence text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))
                    && visible(Character.toCodePoint(c, text.charAt(at + 1)));
        }
        return Character.isLowSurrogate(c)
                && at > 0
                && Character.isHighSurrogate(text.charAt(at - 1))
                && visible(Character.toCodePoint(text.charAt(at - 1), c));
    }

    private static boolean visible(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.FORMAT
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE;
    }

    private static void unicode(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 15));
        }
    }
}
