package dev.tandem.runtime.wire.http2;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The frames that Helidon is to see, in order; on the connection's thread but for {@link
 * #resetLater}.
 */
final class HelidonFeed {
    private static final int INITIAL = 8 * 1024;

    private final Queue<Plain> resets = new ConcurrentLinkedQueue<>();
    private byte[] bytes = new byte[INITIAL];
    private int size;

    void pass(byte[] frame) {
        if (size + frame.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + frame.length));
        }
        System.arraycopy(frame, 0, bytes, size, frame.length);
        size += frame.length;
    }

    /**
     * From any thread: lets Helidon drop a stream as if its client had reset it.
     *
     * <p>Without effect once Helidon was told the end of the client's side. Helidon 4.5.0 ends the
     * whole connection on RST_STREAM for a stream that it has forgotten, and it may forget a stream
     * at any moment from then on.
     */
    void resetLater(Plain stream) {
        resets.add(stream);
    }

    /** Whether nothing gathered. */
    boolean isEmpty() {
        return size == 0;
    }

    /** All that gathered; null when there is nothing. */
    byte @Nullable [] take() {
        for (Plain gone = resets.poll(); gone != null; gone = resets.poll()) {
            if (!gone.endHanded) {
                gone.endHanded = true;
                pass(Frames.rstStream(gone.id, ErrorCode.CANCEL));
            }
        }
        if (size == 0) {
            return null;
        }
        byte[] all = Arrays.copyOf(bytes, size);
        size = 0;
        if (bytes.length > 8 * INITIAL) {
            bytes = new byte[INITIAL];
        }
        return all;
    }
}
