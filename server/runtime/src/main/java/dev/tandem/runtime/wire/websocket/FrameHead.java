package dev.tandem.runtime.wire.websocket;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.RpcReasons;

/**
 * A frame but for its payload (RFC 6455, section 5.2).
 *
 * @param last is it its message's last?
 * @param length of the payload, in bytes
 * @param mask of the payload: the first byte's is in the highest bits
 */
record FrameHead(boolean last, Opcode opcode, long length, int mask) {
    /** What a control frame may hold, in bytes (section 5.5). */
    static final int LARGEST_CONTROL = 125;

    /**
     * What the first two bytes must keep.
     *
     * @throws ApiException where they do not
     */
    static Opcode checked(int first, int second) {
        if ((first & 0x70) != 0) {
            throw wrong("A frame has reserved bits set; no extension was agreed on.");
        }
        Opcode opcode = Opcode.of(first & 0x0f);
        if (opcode == null) {
            throw wrong("A frame has the opcode " + (first & 0x0f) + ", which is reserved.");
        }
        if ((second & 0x80) == 0) {
            throw wrong("A frame is not masked; a client masks all of its frames.");
        }
        boolean last = (first & 0x80) != 0;
        if (opcode.control() && (!last || (second & 0x7f) > LARGEST_CONTROL)) {
            throw wrong("A control frame is in parts, or longer than 125 bytes.");
        }
        return opcode;
    }

    /** How many bytes follow the second one as the payload's length, by what it says. */
    static int lengthBytes(int second) {
        return switch (second & 0x7f) {
            case 126 -> 2;
            case 127 -> 8;
            default -> 0;
        };
    }

    /**
     * A length that was told in so many bytes.
     *
     * @throws ApiException where fewer would have done, or it is no length
     */
    static long checkedLength(long told, int bytes) {
        if (told < 0 || (bytes == 2 && told <= LARGEST_CONTROL) || (bytes == 8 && told <= 0xffff)) {
            throw wrong("A frame's length is not told in the fewest bytes.");
        }
        return told;
    }

    /** The error of what is no WebSocket. */
    static ApiException wrong(String message) {
        return ApiError.of(RpcReasons.PROTOCOL_ERROR, message).toException();
    }
}
