package dev.tandem.runtime.logging;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log as names and values, in order: {@code name=value} pairs in text, members of the
 * object in JSON. To be logged as the one parameter of the message {@code {0}}. Whatever the values
 * are, a line stays one line. Used by one thread.
 */
public final class LogLine {
    private static final int FEW = 40;

    private @Nullable Object[] parts = new @Nullable Object[FEW];
    private int size;

    /** A line without fields. */
    public LogLine() {}

    /**
     * Adds a field; none where the value is null.
     *
     * @param name letters, digits and underscores
     * @param value a number or a boolean, or something whose text is told
     */
    public LogLine add(String name, @Nullable Object value) {
        if (value != null) {
            if (size == parts.length) {
                parts = Arrays.copyOf(parts, size * 2);
            }
            parts[size++] = name;
            parts[size++] = value;
        }
        return this;
    }

    /** The pairs, with spaces between. */
    void text(StringBuilder out) {
        for (int i = 0; i < size; i += 2) {
            out.append(i == 0 ? "" : " ").append(parts[i]).append('=');
            String value = String.valueOf(parts[i + 1]);
            if (Escapes.plain(value)) {
                out.append(value);
            } else {
                Escapes.quote(out, value);
            }
        }
    }

    /** The members of a JSON object, each behind a comma. */
    void json(StringBuilder out) {
        for (int i = 0; i < size; i += 2) {
            out.append(",\"").append(parts[i]).append("\":");
            Object value = parts[i + 1];
            if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
                out.append(value);
            } else if (value instanceof Double number && Double.isFinite(number)) {
                out.append(number);
            } else {
                Escapes.quote(out, String.valueOf(value));
            }
        }
    }

    /** As text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(256);
        text(text);
        return text.toString();
    }
}
