package dev.tandem.structured.partial;

/** Where a growing string stands, escapes and surrogate pairs included. */
final class Escapes {
    private static final int ESCAPE_OF_UNIT = 6;

    /** Characters of an escape that has begun; 0 outside of one. */
    private int length;

    private boolean unit;
    private int digits;

    /** Characters of the first half of a pair whose second has not ended; 0 without one. */
    private int half;

    void begin() {
        length = 0;
        half = 0;
    }

    /** Goes on by a character; true where it is the quote that ends the string. */
    boolean take(char c) {
        if (length > 0) {
            escaped(c);
            return false;
        }
        if (c == '\\') {
            length = 1;
            return false;
        }
        half = Character.isHighSurrogate(c) ? 1 : 0;
        return c == '"';
    }

    private void escaped(char c) {
        length++;
        if (length == 2) {
            unit = c == 'u';
            digits = 0;
            if (!unit) {
                length = 0;
                half = 0;
            }
            return;
        }
        digits = digits * 16 + Math.max(0, Character.digit(c, 16));
        if (unit && length == ESCAPE_OF_UNIT) {
            length = 0;
            half = Character.isHighSurrogate((char) digits) ? ESCAPE_OF_UNIT : 0;
        }
    }

    /** How many of the last characters are not one whole character yet. */
    int unfinished() {
        return half + length;
    }
}
