package dev.tandem.runtime.wire.http2;

import java.util.Arrays;

/**
 * The client's SETTINGS. Helidon is always told an initial window of 0, because a plain stream's
 * credit is given piece by piece ({@link Plain}). What they say of windows holds once they are
 * acknowledged, so that no DATA of the new windows comes before the acknowledgement.
 */
final class ClientSettings {
    private static final int ENTRY = 6;
    private static final int NONE = -1;

    private final SendCredits credits;
    private final Runnable smallTable;
    private boolean seen;
    private int newInitialWindow = NONE;

    /**
     * @param smallTable told when the first SETTINGS ask for a smaller header table than HPACK
     *     begins with
     */
    ClientSettings(SendCredits credits, Runnable smallTable) {
        this.credits = credits;
        this.smallTable = smallTable;
    }

    /**
     * Whether the first SETTINGS arrived; nothing else may come before it (RFC 9113, section 3.4).
     */
    boolean seen() {
        return seen;
    }

    /** Notes a well-formed frame and returns the one for Helidon. */
    byte[] accept(byte[] frame) {
        int length = Frames.payloadLength(frame);
        if (Frames.has(frame, Frames.ACK)) {
            return frame;
        }
        for (int at = Frames.HEADER; at < frame.length; at += ENTRY) {
            int key = ((frame[at] & 255) << 8) | (frame[at + 1] & 255);
            if (key == Frames.SETTINGS_INITIAL_WINDOW_SIZE) {
                newInitialWindow = Frames.int32(frame, at + 2);
                requireWindow(newInitialWindow >= 0);
                Frames.putInt32(frame, at + 2, 0);
            }
            if (key == Frames.SETTINGS_HEADER_TABLE_SIZE
                    && !seen
                    && Integer.compareUnsigned(Frames.int32(frame, at + 2), HeaderTable.LIMIT)
                            < 0) {
                smallTable.run();
            }
        }
        if (seen) {
            return frame;
        }
        seen = true;
        byte[] payload = Arrays.copyOfRange(frame, Frames.HEADER, frame.length + ENTRY);
        payload[length + 1] = Frames.SETTINGS_INITIAL_WINDOW_SIZE;
        return Frames.frame(Frames.SETTINGS, 0, 0, payload);
    }

    /** Applies what was noted: Helidon has acknowledged all that it was given. */
    void acknowledged() {
        if (newInitialWindow != NONE) {
            int size = newInitialWindow;
            newInitialWindow = NONE;
            requireWindow(credits.initialWindow(size));
        }
    }

    private static void requireWindow(boolean fits) {
        if (!fits) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "a window above 2^31-1");
        }
    }
}
