package dev.tandem.upstream.http;

import dev.tandem.upstream.http.UpstreamException.Fault;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer: ends where the answer does, and fails where the connection ends before it,
 * or where it grows larger than it may be. Used by one thread at a time.
 */
abstract class AnswerBody extends InputStream {
    private final byte[] one = new byte[1];
    private long left;
    private boolean ended;

    /**
     * @param largest the most bytes
     */
    AnswerBody(long largest) {
        left = largest;
    }

    /** Some bytes, at least one, or -1 at the end. */
    abstract int readSome(byte[] target, int offset, int length) throws IOException;

    /** Whether the end can be known without waiting for the server. */
    abstract boolean endIsThere() throws IOException;

    /** Was it read to its end? */
    final boolean ended() {
        return ended;
    }

    @Override
    public final int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int count = length == 0 ? 0 : readSome(target, offset, length);
        ended = count < 0;
        left -= Math.max(0, count);
        if (left < 0) {
            throw new UpstreamException(Fault.TOO_LARGE, "the answer is larger than it may be");
        }
        return count;
    }

    static UpstreamException cutOff() {
        return new UpstreamException(Fault.CUT_OFF, "the connection ended before the answer did");
    }
}
