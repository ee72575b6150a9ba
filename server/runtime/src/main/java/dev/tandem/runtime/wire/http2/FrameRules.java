package dev.tandem.runtime.wire.http2;

/**
 * The form of the frames that concern the connection as a whole (RFC 9113, sections 6.3 to 6.8).
 * Checked here, because Helidon 4.5.0, which would check them too, ends the connection then without
 * a way to wake those who wait for its streams.
 */
final class FrameRules {
    private static final int SETTING = 6;
    private static final int LARGEST_FRAME = (1 << 24) - 1;

    private FrameRules() {}

    /** Throws where the frame is not as its type has it. */
    static void check(byte[] frame) {
        int length = Frames.payloadLength(frame);
        switch (Frames.type(frame)) {
            case Frames.PING -> {
                ofConnection(frame, "PING");
                size(length == 8, "PING");
            }
            case Frames.SETTINGS -> {
                ofConnection(frame, "SETTINGS");
                size(
                        Frames.has(frame, Frames.ACK) ? length == 0 : length % SETTING == 0,
                        "SETTINGS");
                settings(frame);
            }
            case Frames.GOAWAY -> {
                ofConnection(frame, "GOAWAY");
                size(length >= 8, "GOAWAY");
            }
            case Frames.PRIORITY -> {
                int id = Frames.streamId(frame);
                protocol(id != 0, "PRIORITY of no stream");
                size(length == 5, "PRIORITY");
                int on = Frames.int32(frame, Frames.HEADER) & Integer.MAX_VALUE;
                protocol(on != id, "a stream depends on itself");
            }
            case Frames.RST_STREAM -> size(length == 4, "RST_STREAM");
            case Frames.WINDOW_UPDATE -> size(length == 4, "WINDOW_UPDATE");
            case Frames.PUSH_PROMISE -> protocol(false, "a client may not push");
            default -> {} // DATA and headers are checked where they are read, unknown ones are not
        }
    }

    private static void settings(byte[] frame) {
        for (int at = Frames.HEADER; at < frame.length; at += SETTING) {
            int key = ((frame[at] & 255) << 8) | (frame[at + 1] & 255);
            int value = Frames.int32(frame, at + 2);
            switch (key) {
                case Frames.SETTINGS_ENABLE_PUSH ->
                        protocol(value == 0 || value == 1, "ENABLE_PUSH of " + value);
                case Frames.SETTINGS_MAX_FRAME_SIZE ->
                        protocol(
                                value >= Frames.MAX_PAYLOAD && value <= LARGEST_FRAME,
                                "MAX_FRAME_SIZE of " + value);
                default -> {} // INITIAL_WINDOW_SIZE is checked as it is applied; the others may be
                    // any
            }
        }
    }

    private static void ofConnection(byte[] frame, String name) {
        protocol(Frames.streamId(frame) == 0, name + " of a stream");
    }

    private static void size(boolean right, String name) {
        if (!right) {
            throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, name + " of the wrong length");
        }
    }

    private static void protocol(boolean right, String what) {
        if (!right) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, what);
        }
    }
}
