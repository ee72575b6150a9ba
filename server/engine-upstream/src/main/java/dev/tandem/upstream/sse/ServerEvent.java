package dev.tandem.upstream.sse;

import java.nio.charset.StandardCharsets;

/**
 * One event. Its bytes belong to the reader and are valid until the next event is asked for.
 *
 * @param name the event's type; empty where it has none
 * @param bytes where the data are
 * @param offset where they begin
 * @param length how many they are: valid UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // a view, compared by nobody
public record ServerEvent(String name, byte[] bytes, int offset, int length) {
    /** The data as text. */
    public String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
