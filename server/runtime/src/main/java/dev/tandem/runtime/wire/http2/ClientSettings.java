package dev.tandem.runtime.wire.http2;

import java.util.Arrays;

/**
 * The client's SETTINGS. Helidon is always told an initial window of 0, because a plain stream's
 * credit is given piece by piece ({@link Plain}).
 */
final class ClientSettings {
    private static final int ENTRY = 6;

    private final SendCredits credits;
    private boolean seen;

    ClientSettings(SendCredits credits) {
        this.credits = credits;
    }

    /**
     * Whether the first SETTINGS arrived; nothing else may come before it (RFC 9113, section 3.4).
     */
    boolean seen() {
        return seen;
    }

    /** Applies the frame and returns the one for Helidon, which also judges what is malformed. */
    byte[] accept(byte[] frame) {
        int length = Frames.payloadLength(frame);
        boolean wellFormed = Frames.streamId(frame) == 0 && length % ENTRY == 0;
        if (!wellFormed || Frames.has(frame, Frames.ACK)) {
            return frame;
        }
        for (int at = Frames.HEADER; at < frame.length; at += ENTRY) {
            int key = ((frame[at] & 255) << 8) | (frame[at + 1] & 255);
            if (key == Frames.SETTINGS_INITIAL_WINDOW_SIZE) {
                initialWindow(Frames.int32(frame, at + 2));
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

    private void initialWindow(int size) {
        if (size < 0 || !credits.initialWindow(size)) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "a window above 2^31-1");
        }
    }
}
