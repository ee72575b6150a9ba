package dev.tandem.runtime.wire.websocket;

import dev.tandem.runtime.wire.connection.RawConnection;
import java.io.EOFException;

/** The client's bytes as heads and payloads of frames. Of one thread. */
final class FrameInput {
    private static final byte[] NOTHING = {};

    private final RawConnection raw;
    private byte[] held = NOTHING; // used up before from
    private int from;

    FrameInput(RawConnection raw) {
        this.raw = raw;
    }

    /**
     * The next frame's head.
     *
     * @param within whether a message has begun, so that more of it is due
     * @throws dev.tandem.runtime.call.ApiException where it is none
     */
    FrameHead head(boolean within) throws EOFException {
        if (from == held.length) {
            fill(within);
        }
        if (!within) {
            raw.begin();
        }
        int first = octet();
        int second = octet();
        Opcode opcode = FrameHead.checked(first, second);
        int bytes = FrameHead.lengthBytes(second);
        long length = bytes == 0 ? second & 0x7f : FrameHead.checkedLength(number(bytes), bytes);
        return new FrameHead((first & 0x80) != 0, opcode, length, (int) number(4));
    }

    private long number(int bytes) throws EOFException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = (number << 8) | octet();
        }
        return number;
    }

    private int octet() throws EOFException {
        if (from == held.length) {
            fill(true);
        }
        return held[from++] & 0xff;
    }

    /** Appends the payload, unmasked; what is kept of it grows as it comes. */
    void payload(FrameHead head, Payload target) throws EOFException {
        for (long left = head.length(); left > 0; ) {
            if (from == held.length) {
                fill(true);
            }
            int count = (int) Math.min(left, held.length - from);
            target.append(held, from, count, head.mask(), head.length() - left);
            from += count;
            left -= count;
        }
    }

    private void fill(boolean owed) throws EOFException {
        byte[] next = raw.read(owed);
        while (next != null && next.length == 0) {
            next = raw.read(owed);
        }
        if (next == null) {
            throw new EOFException();
        }
        held = next;
        from = 0;
    }
}
