package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a request into length-prefixed messages. Holds what has arrived, never what a
 * prefix claims. Used by the stream's thread only.
 */
final class FrameReader {
    /** Where the bytes come from. */
    @FunctionalInterface
    interface Bytes {
        /**
         * The next bytes; an empty array at the end.
         *
         * @throws ApiException where they cannot be read
         * @throws CancelledException when the call is over
         */
        byte[] take() throws InterruptedException;
    }

    private static final int PREFIX = 5;
    private static final byte[] NONE = {};

    private final Bytes bytes;
    private final int maxMessageBytes;

    private byte[] held = NONE;
    private int from;
    private int to;
    private int frame; // bytes of the current frame, prefix included
    private @Nullable ApiException failure;

    FrameReader(Bytes bytes, int maxMessageBytes) {
        this.bytes = bytes;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Waits for the next frame; false at the end of the request.
     *
     * @throws ApiException where the bytes are no frame or it is too large; again whenever asked
     * @throws CancelledException when the call is over
     */
    boolean next() throws InterruptedException {
        if (failure != null) {
            throw failure;
        }
        drop();
        if (!hold(PREFIX)) {
            if (from == to) {
                return false;
            }
            throw fail(RpcReasons.TRUNCATED_MESSAGE, "The request ended within a message.");
        }
        int length = length();
        if (!hold(PREFIX + length)) {
            throw fail(RpcReasons.TRUNCATED_MESSAGE, "The request ended within a message.");
        }
        frame = PREFIX + length;
        return true;
    }

    /** The array in which the current frame's message lies; valid until the next call of next. */
    byte[] array() {
        return held;
    }

    /** Where the current message begins. */
    int offset() {
        return from + PREFIX;
    }

    /** How many bytes the current message has. */
    int size() {
        return frame - PREFIX;
    }

    /** Whether the current message is compressed. */
    boolean compressed() {
        return held[from] == 1;
    }

    /** Ends the request with an error: the bytes were a frame but no message. */
    ApiException fail(Reason reason, String message) {
        return fail(ApiError.of(reason, message).toException());
    }

    /** As {@link #fail(Reason, String)}. */
    ApiException fail(ApiException with) {
        failure = with;
        held = NONE;
        from = 0;
        to = 0;
        return with;
    }

    private void drop() {
        from += frame;
        frame = 0;
        if (from == to) {
            held = NONE;
            from = 0;
            to = 0;
        }
    }

    private int length() {
        if ((held[from] & 0xFE) != 0) {
            throw fail(
                    RpcReasons.MALFORMED_FRAME,
                    "A message's prefix has reserved flag bits set; the body is not a sequence of messages.");
        }
        long claimed =
                (held[from + 1] & 0xFFL) << 24
                        | (held[from + 2] & 0xFF) << 16
                        | (held[from + 3] & 0xFF) << 8
                        | (held[from + 4] & 0xFF);
        if (claimed > maxMessageBytes) {
            throw fail(
                    Reasons.REQUEST_TOO_LARGE,
                    "The message has "
                            + claimed
                            + " bytes; this server takes messages of up to "
                            + maxMessageBytes
                            + ".");
        }
        return (int) claimed;
    }

    /** Waits until so many bytes are held; false where the request ends before. */
    private boolean hold(int wanted) throws InterruptedException {
        while (to - from < wanted) {
            byte[] more = take();
            if (more.length == 0) {
                return false;
            }
            append(more, wanted);
        }
        return true;
    }

    private byte[] take() throws InterruptedException {
        try {
            return bytes.take();
        } catch (ApiException e) {
            throw fail(e);
        }
    }

    private void append(byte[] more, int wanted) {
        int have = to - from;
        if (have == 0) {
            held = more;
            from = 0;
            to = more.length;
            return;
        }
        if (to + more.length > held.length) {
            makeRoom(have, have + more.length, wanted);
        }
        System.arraycopy(more, 0, held, to, more.length);
        to += more.length;
    }

    /** Moves what is held to the front, into a larger array where it must be. */
    private void makeRoom(int have, int needed, int wanted) {
        byte[] target = held;
        if (needed > held.length) {
            // at most twice what is here, and never beyond the frame that is being awaited
            target = new byte[Math.max(needed, Math.min(2 * needed, wanted))];
        }
        System.arraycopy(held, from, target, 0, have);
        held = target;
        from = 0;
        to = have;
    }
}
