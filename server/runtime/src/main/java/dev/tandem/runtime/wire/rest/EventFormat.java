package dev.tandem.runtime.wire.rest;

import dev.tandem.transcoding.json.JsonBuffer;
import java.nio.charset.StandardCharsets;

/** How the messages of a stream are set apart. */
enum EventFormat {
    /** Server-sent events (WHATWG HTML, section 9.2): one {@code data:} event a message. */
    SSE("text/event-stream", "data: ", "\n\n", ": ping\n\n"),
    /** One line a message. A blank line, which readers skip, is the sign of life. */
    NDJSON("application/x-ndjson", "", "\n", "\n");

    private final String mediaType;
    private final String before;
    private final String after;
    private final String heartbeat;

    EventFormat(String mediaType, String before, String after, String heartbeat) {
        this.mediaType = mediaType;
        this.before = before;
        this.after = after;
        this.heartbeat = heartbeat;
    }

    String mediaType() {
        return mediaType;
    }

    /** Begins an event in an empty buffer; its data, on one line, follows. */
    void begin(JsonBuffer buffer) {
        buffer.reset().raw(ascii(before));
    }

    /** Ends an event. */
    void end(JsonBuffer buffer) {
        buffer.raw(ascii(after));
    }

    /** An event of which clients hear nothing. */
    void heartbeat(JsonBuffer buffer) {
        buffer.reset().raw(ascii(heartbeat));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
