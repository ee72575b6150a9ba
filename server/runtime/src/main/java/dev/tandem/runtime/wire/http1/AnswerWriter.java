package dev.tandem.runtime.wire.http1;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.Arrays;

/**
 * Helidon's writer, in pieces, and with a clock. Helidon 4.5.0 writes to an HTTP/1.1 client without
 * any limit of time: one that never reads would hold its handler for ever.
 */
final class AnswerWriter implements DataWriter {
    /** Bytes of one write of Helidon's socket: what is smaller is one system call anyway. */
    private static final int PIECE = 8 * 1024;

    private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};

    private final DataWriter writer;
    private boolean headOnly; // of the connection's thread
    private volatile boolean writing;
    private volatile long since; // by System.nanoTime(), when the piece began

    AnswerWriter(DataWriter writer) {
        this.writer = writer;
    }

    /**
     * Whether a piece has waited for the client longer than so many nanoseconds.
     *
     * @param now by {@link System#nanoTime()}
     */
    boolean stalls(long now, long limit) {
        long begun = since;
        return writing && now - begun > limit;
    }

    /**
     * Of what is written next, in one piece, only the head of the answer leaves. Helidon 4.5.0
     * writes a body behind the answer to HEAD, too, be it the last chunk, which would be taken for
     * the next answer.
     */
    void headOnly() {
        headOnly = true;
    }

    @Override
    public void write(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            write(buffer);
        }
    }

    @Override
    public void write(BufferData buffer) {
        since = System.nanoTime();
        writing = true;
        try {
            if (headOnly) {
                headOnly = false;
                writer.write(head(buffer));
            } else if (buffer.available() <= PIECE) {
                writer.write(buffer);
            } else {
                inPieces(buffer);
            }
        } finally {
            writing = false;
        }
    }

    /** Up to the empty line behind the header fields (RFC 9112, section 2.1). */
    private static BufferData head(BufferData answer) {
        byte[] bytes = answer.readBytes();
        int end = 0;
        while (end < bytes.length
                && !(end >= EMPTY_LINE.length
                        && Arrays.equals(
                                bytes,
                                end - EMPTY_LINE.length,
                                end,
                                EMPTY_LINE,
                                0,
                                EMPTY_LINE.length))) {
            end++;
        }
        return BufferData.create(bytes, 0, end);
    }

    private void inPieces(BufferData buffer) {
        byte[] piece = new byte[PIECE];
        while (!buffer.consumed()) {
            int size = buffer.read(piece, 0, PIECE);
            since = System.nanoTime();
            writer.write(BufferData.create(piece, 0, size));
        }
    }

    @Override
    public void writeNow(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            writeNow(buffer);
        }
    }

    @Override
    public void writeNow(BufferData buffer) {
        write(buffer); // direct writes, Helidon's default, know no difference
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }
}
