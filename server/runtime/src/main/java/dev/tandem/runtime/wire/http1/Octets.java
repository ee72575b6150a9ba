package dev.tandem.runtime.wire.http1;

import java.util.Locale;

/** Which bytes may stand where in HTTP/1.1, and how text is compared without making any. */
final class Octets {
    static final byte CR = '\r';
    static final byte LF = '\n';
    static final byte SP = ' ';
    static final byte TAB = '\t';

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~"; // RFC 9110, section 5.6.2
    private static final String PATH_MARKS = "-._~!$&'()*+,;=:@/"; // RFC 3986, section 3.3

    private static final boolean[] TOKEN = letters(TOKEN_MARKS);
    private static final boolean[] PATH = letters(PATH_MARKS);

    private Octets() {}

    private static boolean[] letters(String marks) {
        boolean[] allowed = new boolean[256];
        for (char c = 0; c < 128; c++) {
            allowed[c] = Character.isLetterOrDigit(c) || marks.indexOf(c) >= 0;
        }
        return allowed;
    }

    /** May it stand in a token: a method, a field's name, a coding? */
    static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    /** May it stand in a path as it is, {@code %} aside? */
    static boolean isPath(byte b) {
        return PATH[b & 0xff];
    }

    /** May it stand in a field's value: visible, blank, or above ASCII (RFC 9110, section 5.5)? */
    static boolean isFieldText(byte b) {
        return (b >= SP && b != 127) || b < 0 || b == TAB;
    }

    /** Visible ASCII. */
    static boolean isVisible(byte b) {
        return b > SP && b < 127;
    }

    static boolean isBlank(byte b) {
        return b == SP || b == TAB;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** The value of a hexadecimal digit; -1 where it is none. */
    static int hex(byte b) {
        if (isDigit(b)) {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' && b > 0 ? letter - 'a' + 10 : -1;
    }

    /**
     * Do the bytes spell the word, in capitals or not?
     *
     * @param word in small letters
     */
    static boolean spell(byte[] bytes, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            byte b = bytes[from + i];
            int small = b >= 'A' && b <= 'Z' ? b + 32 : b;
            if (small != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** For messages: a byte as one reads it. */
    static String shown(byte b) {
        return isVisible(b)
                ? "\"" + (char) b + "\""
                : String.format(Locale.ROOT, "0x%02x", b & 0xff);
    }
}
