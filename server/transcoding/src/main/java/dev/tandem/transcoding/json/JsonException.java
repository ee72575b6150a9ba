package dev.tandem.transcoding.json;

import java.util.List;

/**
 * JSON that could not be read into a message: the caller's fault, and said in words for the caller.
 */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The bytes are not one JSON value; HTTP 400. */
        MALFORMED,
        /** The JSON value does not fit the message; HTTP 422. */
        INVALID
    }

    private final Kind kind;
    private final int line;
    private final int column;
    private final transient List<Violation> violations;

    private JsonException(
            Kind kind, String message, int line, int column, List<Violation> violations) {
        super(message);
        this.kind = kind;
        this.line = line;
        this.column = column;
        this.violations = violations;
    }

    static JsonException malformed(String what, int line, int column) {
        String message = "Not valid JSON, line " + line + ", column " + column + ": " + what + ".";
        return new JsonException(Kind.MALFORMED, message, line, column, List.of());
    }

    static JsonException invalid(List<Violation> violations) {
        Violation first = violations.getFirst();
        String where = first.path().isEmpty() ? "" : first.path() + ": ";
        String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
        return new JsonException(
                Kind.INVALID, where + first.message() + more, 0, 0, List.copyOf(violations));
    }

    /** Whether the text or the value is at fault. */
    public Kind kind() {
        return kind;
    }

    /** The line of the first malformed byte, from 1; 0 when the kind is {@link Kind#INVALID}. */
    public int line() {
        return line;
    }

    /**
     * The column of the first malformed byte, in bytes from 1; 0 when the kind is {@link
     * Kind#INVALID}.
     */
    public int column() {
        return column;
    }

    /**
     * Everything that is wrong, at most 100 entries, in the order of the text; empty when the kind
     * is {@link Kind#MALFORMED}.
     */
    public List<Violation> violations() {
        return violations;
    }
}
