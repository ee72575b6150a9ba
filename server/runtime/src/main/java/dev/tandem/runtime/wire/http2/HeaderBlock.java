package dev.tandem.runtime.wire.http2;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the header block that arrives in HEADERS and CONTINUATION frames (RFC 9113, sections 4.3,
 * 6.2 and 6.10).
 */
final class HeaderBlock {
    private static final int PRIORITY = 0x20;
    private static final int PRIORITY_LENGTH = 5;

    /** Compressed bytes of one block at most; a flood of CONTINUATION ends the connection. */
    private static final int MAX_BYTES = 32 * 1024;

    private final int maxFrames;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(256);
    private int streamId;
    private int frames;
    private boolean endStream;
    private boolean open;

    /**
     * A place for one connection's blocks, one after the other.
     *
     * @param maxFrames frames of one block at most, be they empty
     */
    HeaderBlock(int maxFrames) {
        this.maxFrames = maxFrames;
    }

    /** Whether only CONTINUATION of {@link #streamId()} may come next. */
    boolean open() {
        return open;
    }

    int streamId() {
        return streamId;
    }

    /** Whether the HEADERS frame ended the client's side. */
    boolean endStream() {
        return endStream;
    }

    /** Returns the block without padding and priority when the frame ended it. */
    byte @Nullable [] add(byte[] frame) {
        if (Frames.type(frame) == Frames.HEADERS) {
            begin(frame);
        } else if (!open) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "CONTINUATION without HEADERS");
        } else {
            block.write(frame, Frames.HEADER, frame.length - Frames.HEADER);
        }
        frames++;
        if (block.size() > MAX_BYTES || frames > maxFrames) {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "an endless header block");
        }
        open = !Frames.has(frame, Frames.END_HEADERS);
        return open ? null : block.toByteArray();
    }

    private void begin(byte[] frame) {
        streamId = Frames.streamId(frame);
        endStream = Frames.has(frame, Frames.END_STREAM);
        frames = 0;
        block.reset();
        byte[] payload = Frames.unpadded(frame);
        if (payload == null) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "padding longer than its frame");
        }
        block.writeBytes(Frames.has(frame, PRIORITY) ? withoutPriority(payload) : payload);
    }

    private byte[] withoutPriority(byte[] payload) {
        if (payload.length < PRIORITY_LENGTH) {
            throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "HEADERS too short");
        }
        if ((Frames.int32(payload, 0) & Integer.MAX_VALUE) == streamId) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a stream depends on itself");
        }
        return Arrays.copyOfRange(payload, PRIORITY_LENGTH, payload.length);
    }
}
