package dev.tandem.llamacpp.template;

/** A place in a template's source that only moves forward. */
final class SourceCursor {
    private static final char END = '\0';

    private final String source;
    private int position;
    private int line = 1;

    SourceCursor(String source) {
        this.source = source;
    }

    boolean atEnd() {
        return position >= source.length();
    }

    int position() {
        return position;
    }

    int line() {
        return line;
    }

    char peek() {
        return peek(0);
    }

    /** The character so far ahead, NUL behind the end. */
    char peek(int ahead) {
        return position + ahead < source.length() ? source.charAt(position + ahead) : END;
    }

    boolean startsWith(String expected) {
        return source.startsWith(expected, position);
    }

    /** Where a text begins at this place or later, -1 where it does not occur. */
    int find(String searched, int from) {
        return source.indexOf(searched, from);
    }

    int length() {
        return source.length();
    }

    char charAt(int index) {
        return source.charAt(index);
    }

    char next() {
        char c = peek();
        advance(1);
        return c;
    }

    void advance(int count) {
        moveTo(position + count);
    }

    void moveTo(int target) {
        for (int i = position; i < target && i < source.length(); i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        position = target;
    }

    void skipWhitespace() {
        while (!atEnd() && Whitespace.is(peek())) {
            advance(1);
        }
    }

    String since(int start) {
        return source.substring(start, position);
    }

    String upTo(int end) {
        return source.substring(position, end);
    }

    char before() {
        return position == 0 ? END : source.charAt(position - 1);
    }

    TemplateException error(String message) {
        return TemplateException.syntax(line, message);
    }
}
