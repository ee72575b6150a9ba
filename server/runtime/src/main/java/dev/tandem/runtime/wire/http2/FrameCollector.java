package dev.tandem.runtime.wire.http2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what the socket delivers into the connection preface and whole frames (RFC 9113, sections
 * 3.4 and 4.1).
 */
final class FrameCollector {
    private static final byte[] NOTHING = new byte[0];

    private byte[] chunk = NOTHING;
    private int at;
    private byte[] partial = new byte[Frames.preface().length];
    private int have;
    private boolean prefaceSeen;

    /** Adds bytes; only when {@link #next()} has returned null. */
    void add(byte[] bytes) {
        chunk = bytes;
        at = 0;
    }

    /** Whether a frame has begun and not ended. */
    boolean isPartial() {
        return have > 0;
    }

    /** The preface first, then frame after frame; null when more bytes are needed. */
    byte @Nullable [] next() {
        if (!fill()) {
            return null;
        }
        if (!prefaceSeen) {
            return preface();
        }
        int length = Frames.payloadLength(partial);
        if (length > Frames.MAX_PAYLOAD) {
            throw new ConnectionError(
                    ErrorCode.FRAME_SIZE_ERROR, "a frame of " + length + " bytes");
        }
        if (partial.length == Frames.HEADER && length > 0) {
            partial = Arrays.copyOf(partial, Frames.HEADER + length);
            if (!fill()) {
                return null;
            }
        }
        byte[] frame = partial;
        begin();
        return frame;
    }

    private byte[] preface() {
        byte[] preface = partial;
        if (!Arrays.equals(preface, Frames.preface())) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "not the HTTP/2 preface");
        }
        prefaceSeen = true;
        begin();
        return preface;
    }

    private void begin() {
        partial = new byte[Frames.HEADER];
        have = 0;
    }

    private boolean fill() {
        int more = Math.min(partial.length - have, chunk.length - at);
        System.arraycopy(chunk, at, partial, have, more);
        have += more;
        at += more;
        return have == partial.length;
    }
}
