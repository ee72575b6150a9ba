package dev.tandem.llamacpp.template;

/**
 * White space and line ends as Python's str methods see them; Java's differ in the no-break spaces.
 */
final class Whitespace {
    private Whitespace() {}

    static boolean is(char c) {
        return Character.isWhitespace(c)
                || c == '\u0085'
                || c == '\u00a0'
                || c == '\u2007'
                || c == '\u202f';
    }

    static boolean isLineEnd(char c) {
        return (c >= '\n' && c <= '\r')
                || (c >= '\u001c' && c <= '\u001e')
                || c == '\u0085'
                || c == '\u2028'
                || c == '\u2029';
    }

    static boolean isBlank(String text) {
        return leading(text) == text.length();
    }

    /** Number of white-space characters a text begins with. */
    static int leading(String text) {
        int start = 0;
        while (start < text.length() && is(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** Where the white space begins that a text ends with. */
    static int trailing(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }
}
