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
    private boolean seen;
    private int newInitialWindow = NONE;

    ClientSettings(SendCredits credits) {
        this.credits = credits;
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
