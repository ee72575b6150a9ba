package dev.tandem.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A chunked body: RFC 9112, section 7.1. A body that is cut off is an error. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // speed is of no matter here
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private long left;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the chunked body was cut off");
        }
        if (--left == 0) {
            Lines.next(in); // the chunk's line end
        }
        return next;
    }

    private void nextChunk() throws IOException {
        String size = Lines.next(in).split(";", 2)[0].strip();
        left = Long.parseLong(size, 16);
        if (left == 0) {
            ended = true;
            String trailer = Lines.next(in);
            while (!trailer.isEmpty()) {
                trailer = Lines.next(in);
            }
        }
    }
}
