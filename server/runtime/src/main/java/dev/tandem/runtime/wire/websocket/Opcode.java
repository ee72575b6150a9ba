package dev.tandem.runtime.wire.websocket;

import org.jspecify.annotations.Nullable;

/** What a frame is (RFC 6455, section 5.2). */
enum Opcode {
    /** More of a message. */
    CONTINUATION(0),
    /** A message of UTF-8, or its first part. */
    TEXT(1),
    /** A message of bytes, or its first part. */
    BINARY(2),
    /** Nothing follows. */
    CLOSE(8),
    /** Asks for a pong. */
    PING(9),
    /** Answers a ping. */
    PONG(10);

    private static final int FIRST_CONTROL = 8;

    private final int bits;

    Opcode(int bits) {
        this.bits = bits;
    }

    /** The opcode of these four bits; null where they are reserved. */
    static @Nullable Opcode of(int bits) {
        return switch (bits) {
            case 0 -> CONTINUATION;
            case 1 -> TEXT;
            case 2 -> BINARY;
            case 8 -> CLOSE;
            case 9 -> PING;
            case 10 -> PONG;
            default -> null;
        };
    }

    int bits() {
        return bits;
    }

    /** May it come between the parts of a message? */
    boolean control() {
        return bits >= FIRST_CONTROL;
    }
}
