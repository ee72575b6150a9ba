package dev.tandem.runtime.wire.http2;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the HEADERS and CONTINUATION frames of one header block that Helidon writes one by one,
 * so that nothing can come between them (RFC 9113, section 4.3).
 *
 * <p>Helidon 4.5.0 writes the last fragment of a long block twice, once without END_HEADERS and
 * once with it, which ruins the client's HPACK state; a fragment equal to the one before it is
 * dropped when it ends the block. To be deleted when {@code Http2ConnectionWriter.writeHeaders}
 * writes it once.
 */
final class HeaderBlockWriter {
    private final ByteArrayOutputStream complete = new ByteArrayOutputStream();
    private byte @Nullable [] latest;

    /** Returns the whole block when the frame ended it. */
    byte @Nullable [] add(byte[] frame) {
        byte[] before = latest;
        if (!Frames.has(frame, Frames.END_HEADERS)) {
            append(before);
            latest = frame;
            return null;
        }
        latest = null;
        if (before == null) {
            return frame;
        }
        if (!isWrittenTwice(before, frame)) {
            append(before);
        }
        append(frame);
        byte[] block = complete.toByteArray();
        complete.reset();
        return block;
    }

    private void append(byte @Nullable [] frame) {
        if (frame != null) {
            complete.writeBytes(frame);
        }
    }

    private static boolean isWrittenTwice(byte[] before, byte[] frame) {
        return Frames.type(before) == Frames.CONTINUATION
                && Arrays.equals(
                        before, Frames.HEADER, before.length, frame, Frames.HEADER, frame.length);
    }
}
