package dev.tandem.runtime.wire.websocket;

import org.jspecify.annotations.Nullable;

/** How the server's messages are written. The client's may be either, frame by frame. */
enum Subprotocol {
    /** As JSON, in text frames: the one of who names none. */
    JSON("tandem.json.v1"),
    /** As protobuf, in binary frames. Errors are JSON in text frames all the same. */
    PROTO("tandem.proto.v1");

    private final String word;

    Subprotocol(String word) {
        this.word = word;
    }

    /** Its name in {@code Sec-WebSocket-Protocol}. */
    String word() {
        return word;
    }

    /** The one of this name; null where there is none. */
    static @Nullable Subprotocol named(String name) {
        for (Subprotocol each : values()) {
            if (each.word.equals(name)) {
                return each;
            }
        }
        return null;
    }
}
