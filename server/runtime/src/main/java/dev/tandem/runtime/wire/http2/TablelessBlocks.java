package dev.tandem.runtime.wire.http2;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Header blocks for a client whose SETTINGS_HEADER_TABLE_SIZE is below 4,096. Helidon 4.5.0 fills a
 * table of that size all the same, and the client's decoder fails at what it has not kept; so its
 * blocks are encoded anew, without a table (RFC 7541, section 4.2). To be deleted when {@code
 * Http2ConnectionWriter.updateHeaderTableSize} makes the table smaller. In the order in which the
 * blocks leave.
 */
final class TablelessBlocks {
    /** A table of no bytes, from now on (RFC 7541, section 6.3). */
    private static final int NO_TABLE = 0x20;

    private final HpackDecoder helidon = new HpackDecoder();
    private boolean told;

    /**
     * Encodes a block anew.
     *
     * @param frames HEADERS and the CONTINUATION frames behind it
     */
    byte[] translated(byte[] frames) {
        ByteArrayOutputStream block = new ByteArrayOutputStream(2 * frames.length);
        if (!told) {
            told = true;
            block.write(NO_TABLE);
        }
        for (HeaderTable.Field field : helidon.decode(block(frames))) {
            HeadEncoder.literal(block, field.name(), field.value());
        }
        int endStream = Frames.has(frames, Frames.END_STREAM) ? Frames.END_STREAM : 0;
        return cut(block.toByteArray(), endStream, Frames.streamId(frames));
    }

    private static byte[] block(byte[] frames) {
        ByteArrayOutputStream block = new ByteArrayOutputStream(frames.length);
        for (int at = 0; at < frames.length; ) {
            byte[] header = Arrays.copyOfRange(frames, at, at + Frames.HEADER);
            int length = Frames.payloadLength(header);
            block.write(frames, at + Frames.HEADER, length);
            at += Frames.HEADER + length;
        }
        return block.toByteArray();
    }

    private static byte[] cut(byte[] block, int endStream, int streamId) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream(block.length + Frames.HEADER);
        int at = 0;
        do {
            int end = Math.min(block.length, at + Frames.MAX_PAYLOAD);
            int type = at == 0 ? Frames.HEADERS : Frames.CONTINUATION;
            int flags = (at == 0 ? endStream : 0) | (end == block.length ? Frames.END_HEADERS : 0);
            frames.writeBytes(
                    Frames.frame(type, flags, streamId, Arrays.copyOfRange(block, at, end)));
            at = end;
        } while (at < block.length);
        return frames.toByteArray();
    }
}
