package dev.tandem.structured.pattern;

/** A place in a pattern. */
final class PatternCursor {
    private final String pattern;
    private int index;

    PatternCursor(String pattern) {
        this.pattern = pattern;
    }

    boolean isEnd() {
        return index == pattern.length();
    }

    boolean sees(char c) {
        return !isEnd() && pattern.charAt(index) == c;
    }

    boolean take(char c) {
        if (sees(c)) {
            index++;
            return true;
        }
        return false;
    }

    boolean take(String text) {
        if (pattern.startsWith(text, index)) {
            index += text.length();
            return true;
        }
        return false;
    }

    /** The next code point; it is passed. */
    int next() {
        if (isEnd()) {
            throw refused("it ends too early");
        }
        int codePoint = pattern.codePointAt(index);
        index += Character.charCount(codePoint);
        return codePoint;
    }

    /** The next code point, or -1 at the end. */
    int peek() {
        return isEnd() ? -1 : pattern.codePointAt(index);
    }

    void skipBehind(char end) {
        int found = pattern.indexOf(end, index);
        if (found < 0) {
            throw refused("a group's name without '" + end + "'");
        }
        index = found + 1;
    }

    /** Whether {n}, {n,} or {n,m} stands here; another brace is a literal. */
    boolean seesCount() {
        int i = index;
        if (i >= pattern.length() || pattern.charAt(i) != '{') {
            return false;
        }
        int digits = ++i;
        i = behindDigits(i);
        if (i == digits) {
            return false;
        }
        if (i < pattern.length() && pattern.charAt(i) == ',') {
            i = behindDigits(i + 1);
        }
        return i < pattern.length() && pattern.charAt(i) == '}';
    }

    private int behindDigits(int from) {
        int i = from;
        while (i < pattern.length() && pattern.charAt(i) >= '0' && pattern.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    int number(int largest) {
        int end = behindDigits(index);
        String digits = pattern.substring(index, end);
        if (digits.length() > 6 || Integer.parseInt(digits) > largest) {
            throw refused("a repetition of more than " + largest);
        }
        index = end;
        return Integer.parseInt(digits);
    }

    /** A code point of this many hexadecimal digits. */
    int hex(int length) {
        int end = index + length;
        if (end > pattern.length()) {
            throw refused("too few hexadecimal digits");
        }
        int value = hexValue(pattern.substring(index, end));
        index = end;
        return value;
    }

    /** A code point in braces, of which the first is passed already. */
    int hexInBraces() {
        int end = pattern.indexOf('}', index);
        if (end < 0) {
            throw refused("\\u{ without }");
        }
        int value = hexValue(pattern.substring(index, end));
        index = end + 1;
        return value;
    }

    private int hexValue(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            value = value * 16 + digit;
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                throw refused("no hexadecimal number of a character");
            }
        }
        return value;
    }

    PatternRefused refused(String why) {
        return new PatternRefused("at character " + index + ": " + why);
    }
}
