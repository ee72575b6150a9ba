package dev.tandem.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of known length. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // speed is of no matter here
final class BoundedInput extends InputStream {
    private final InputStream in;
    private long left;

    BoundedInput(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the body ended " + left + " bytes early");
        }
        left--;
        return next;
    }
}
