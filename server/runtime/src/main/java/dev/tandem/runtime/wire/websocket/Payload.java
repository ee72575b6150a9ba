package dev.tandem.runtime.wire.websocket;

import java.util.Arrays;

/** The bytes of one message, as they come. */
final class Payload {
    private static final int FIRST_ROOM = 256;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int length;

    int length() {
        return length;
    }

    /**
     * Appends bytes of a frame's payload, unmasked (RFC 6455, section 5.3).
     *
     * @param position of the first within the frame's payload
     */
    void append(byte[] source, int offset, int count, int mask, long position) {
        if (bytes.length - length < count) {
            int room = Math.max(length + count, Math.max(FIRST_ROOM, 2 * length));
            bytes = Arrays.copyOf(bytes, room);
        }
        for (int i = 0; i < count; i++) {
            int shift = 24 - 8 * (int) ((position + i) & 3);
            bytes[length + i] = (byte) (source[offset + i] ^ (mask >> shift));
        }
        length += count;
    }

    /** All of it; a copy, unless nothing is left over. */
    byte[] toByteArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
