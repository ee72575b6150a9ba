package dev.tandem.runtime.wire.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The octets of HTTP/2 frames (RFC 9113, sections 4.1 and 6): a frame is an array that begins with
 * its 9 octets of header.
 */
final class Frames {
    static final int HEADER = 9;

    /**
     * The largest payload either side may send: SETTINGS_MAX_FRAME_SIZE is left at its least value,
     * and nothing larger sent.
     */
    static final int MAX_PAYLOAD = 16_384;

    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int PRIORITY = 0x2;
    static final int RST_STREAM = 0x3;
    static final int SETTINGS = 0x4;
    static final int PUSH_PROMISE = 0x5;
    static final int PING = 0x6;
    static final int GOAWAY = 0x7;
    static final int WINDOW_UPDATE = 0x8;
    static final int CONTINUATION = 0x9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;

    static final int SETTINGS_HEADER_TABLE_SIZE = 0x1;
    static final int SETTINGS_ENABLE_PUSH = 0x2;
    static final int SETTINGS_MAX_CONCURRENT_STREAMS = 0x3;
    static final int SETTINGS_INITIAL_WINDOW_SIZE = 0x4;
    static final int SETTINGS_MAX_FRAME_SIZE = 0x5;
    static final int SETTINGS_MAX_HEADER_LIST_SIZE = 0x6;

    static final int MAX_WINDOW = Integer.MAX_VALUE;

    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Frames() {}

    static byte[] preface() {
        return PREFACE.clone();
    }

    static int payloadLength(byte[] frame) {
        return ((frame[0] & 255) << 16) | ((frame[1] & 255) << 8) | (frame[2] & 255);
    }

    static int type(byte[] frame) {
        return frame[3] & 255;
    }

    static boolean has(byte[] frame, int flag) {
        return (frame[4] & flag) != 0;
    }

    static int streamId(byte[] frame) {
        return int32(frame, 5) & Integer.MAX_VALUE;
    }

    static int int32(byte[] bytes, int at) {
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 255) << 16)
                | ((bytes[at + 2] & 255) << 8)
                | (bytes[at + 3] & 255);
    }

    static void putInt32(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    static void putHeader(byte[] bytes, int at, int length, int type, int flags, int streamId) {
        bytes[at] = (byte) (length >> 16);
        bytes[at + 1] = (byte) (length >> 8);
        bytes[at + 2] = (byte) length;
        bytes[at + 3] = (byte) type;
        bytes[at + 4] = (byte) flags;
        putInt32(bytes, at + 5, streamId);
    }

    static byte[] frame(int type, int flags, int streamId, byte[] payload) {
        byte[] frame = new byte[HEADER + payload.length];
        putHeader(frame, 0, payload.length, type, flags, streamId);
        System.arraycopy(payload, 0, frame, HEADER, payload.length);
        return frame;
    }

    static byte[] windowUpdate(int streamId, int increment) {
        return frame(WINDOW_UPDATE, 0, streamId, ints(increment));
    }

    static byte[] rstStream(int streamId, int errorCode) {
        return frame(RST_STREAM, 0, streamId, ints(errorCode));
    }

    static byte[] goAway(int lastStreamId, int errorCode) {
        return frame(GOAWAY, 0, 0, ints(lastStreamId, errorCode));
    }

    static byte[] ping(long opaque) {
        return frame(PING, 0, 0, ints((int) (opaque >> 32), (int) opaque));
    }

    static byte[] settings(int... identifiersAndValues) {
        byte[] payload = new byte[identifiersAndValues.length * 3];
        for (int i = 0; i < identifiersAndValues.length; i += 2) {
            payload[i * 3] = (byte) (identifiersAndValues[i] >> 8);
            payload[i * 3 + 1] = (byte) identifiersAndValues[i];
            putInt32(payload, i * 3 + 2, identifiersAndValues[i + 1]);
        }
        return frame(SETTINGS, 0, 0, payload);
    }

    /**
     * The payload without its padding; null when the padding is longer than the payload (RFC 9113,
     * section 6.1).
     */
    static byte @Nullable [] unpadded(byte[] frame) {
        if (!has(frame, PADDED)) {
            return Arrays.copyOfRange(frame, HEADER, frame.length);
        }
        if (frame.length == HEADER) {
            return null;
        }
        int end = frame.length - (frame[HEADER] & 255);
        return end <= HEADER ? null : Arrays.copyOfRange(frame, HEADER + 1, end);
    }

    private static byte[] ints(int... values) {
        byte[] bytes = new byte[values.length * 4];
        for (int i = 0; i < values.length; i++) {
            putInt32(bytes, i * 4, values[i]);
        }
        return bytes;
    }
}
