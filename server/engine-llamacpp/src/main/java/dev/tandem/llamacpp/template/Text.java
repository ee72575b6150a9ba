package dev.tandem.llamacpp.template;

/**
 * A string that knows which of its characters the caller wrote. Two texts are equal when their
 * characters are: where a text comes from never changes what a template does with it.
 */
final class Text implements Value, Comparable<Text> {
    private static final int[] NO_SPANS = {};
    static final Text EMPTY = trusted("");

    private final String chars;

    /** Starts and ends of the caller's characters: ascending, never empty, never touching. */
    private final int[] spans;

    private Text(String chars, int[] spans) {
        this.chars = chars;
        this.spans = spans;
    }

    static Text trusted(String chars) {
        return new Text(chars, NO_SPANS);
    }

    static Text fromCaller(String chars) {
        return new Text(chars, chars.isEmpty() ? NO_SPANS : new int[] {0, chars.length()});
    }

    /** Takes the spans over: the caller of this method no longer changes them. */
    static Text spanned(String chars, int[] spans) {
        return new Text(chars, spans.length == 0 ? NO_SPANS : spans);
    }

    String chars() {
        return chars;
    }

    int length() {
        return chars.length();
    }

    /** Length in code points, as Python counts. */
    int codePoints() {
        return chars.codePointCount(0, chars.length());
    }

    boolean isTrusted() {
        return spans.length == 0;
    }

    /** Number of starts and ends, an even number. */
    int bounds() {
        return spans.length;
    }

    /** Start (even) or end (odd) of one of the caller's spans. */
    int bound(int index) {
        return spans[index];
    }

    Text slice(int from, int to) {
        if (from == 0 && to == chars.length()) {
            return this;
        }
        if (isTrusted()) {
            return trusted(chars.substring(from, to));
        }
        return new TextBuilder().append(this, from, to).build();
    }

    /**
     * What an operation made of this text when it does not follow single characters: the caller's
     * as a whole, or trusted.
     */
    Text derive(String result) {
        return isTrusted() ? trusted(result) : fromCaller(result);
    }

    /** What a change of case made of this text. */
    Text recased(String result) {
        return result.length() == chars.length() ? new Text(result, spans) : derive(result);
    }

    @Override
    public boolean truth() {
        return !chars.isEmpty();
    }

    @Override
    public String typeName() {
        return "str";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && chars.equals(text.chars);
    }

    /** By characters; lets a map hold its speed when a caller makes up keys of one hash code. */
    @Override
    public int compareTo(Text other) {
        return chars.compareTo(other.chars);
    }

    @Override
    public int hashCode() {
        return chars.hashCode();
    }

    @Override
    public String toString() {
        return chars;
    }
}
