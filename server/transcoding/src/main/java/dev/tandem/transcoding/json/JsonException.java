package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private final int count;
    private final transient @Nullable Message partial;

    private JsonException(Kind kind, String message, int line, int column) {
        super(message);
        this.kind = kind;
        this.line = line;
        this.column = column;
        violations = List.of();
        count = 0;
        partial = null;
    }

    private JsonException(String message, List<Violation> violations, int count, Message partial) {
        super(message);
        kind = Kind.INVALID;
        line = 0;
        column = 0;
        this.violations = List.copyOf(violations);
        this.count = count;
        this.partial = partial;
    }

    static JsonException malformed(String what, int line, int column) {
        String message = "Not valid JSON, line " + line + ", column " + column + ": " + what + ".";
        return new JsonException(Kind.MALFORMED, message, line, column);
    }

    /**
     * @param count how many there are, listed or not
     * @param partial what could be read
     */
    static JsonException invalid(List<Violation> violations, int count, Message partial) {
        Violation first = violations.getFirst();
        String where = first.path().isEmpty() ? "" : first.path() + ": ";
        String more = count == 1 ? "" : " (and " + (count - 1) + " more)";
        return new JsonException(where + first.message() + more, violations, count, partial);
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

    /** How many things are wrong, also beyond those that are listed. */
    public int count() {
        return count;
    }

    /**
     * What could be read; null when the kind is {@link Kind#MALFORMED}. At the paths of the
     * violations it holds stand-ins or nothing.
     */
    public @Nullable Message partial() {
        return partial;
    }
}
