package dev.tandem.upstream.ask;

import dev.tandem.engines.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * JSON text of a caller's that goes on as it is.
 *
 * @param text checked: one value
 */
public record RawJson(String text) {
    /** An object. */
    public static final RawJson EMPTY = new RawJson("{}");

    /**
     * A text that must be an object's.
     *
     * @param path the field that holds it, for the refusal
     */
    public static RawJson object(String text, String path) {
        if (JsonValues.read(bytes(text)) instanceof Map<?, ?>) {
            return new RawJson(text);
        }
        throw Refusal.unsupportedValue(path, "This model takes a JSON object here.");
    }

    /** A text that must be JSON. */
    public static RawJson value(String text, String path) {
        if (text.strip().equals("null") || JsonValues.read(bytes(text)) != null) {
            return new RawJson(text);
        }
        throw Refusal.unsupportedValue(path, "This field must hold JSON.");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
