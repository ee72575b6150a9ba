package dev.tandem.upstream.http;

import java.io.IOException;

/** A body in chunks: RFC 9112, section 7.1. Extensions and trailers are passed over. */
final class ChunkedBody extends AnswerBody {
    private static final int LONGEST_LINE = 8 << 10;
    private static final int MOST_DIGITS = 15;

    /** The line end of the last chunk, {@code 0}, two more line ends. */
    private static final int SMALLEST_END = 7;

    private final ConnectionInput in;
    private long missing; // of the chunk
    private boolean begun;
    private boolean over;

    ChunkedBody(ConnectionInput in, long largest) {
        super(largest);
        this.in = in;
    }

    @Override
    int readSome(byte[] target, int offset, int length) throws IOException {
        if (missing == 0 && !over) {
            nextChunk();
        }
        if (over) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, missing));
        if (count < 0) {
            throw cutOff();
        }
        missing -= count;
        return count;
    }

    @Override
    boolean endIsThere() {
        return over || (missing == 0 && in.buffered() >= SMALLEST_END);
    }

    private void nextChunk() throws IOException {
        int first = begun ? next() : '\n';
        if ((first == '\r' ? next() : first) != '\n') {
            throw ResponseHead.malformed("a chunk of the answer is longer than it says");
        }
        begun = true;
        missing = size();
        if (missing == 0) {
            ResponseHead.Lines trailers = new ResponseHead.Lines(in, LONGEST_LINE);
            String trailer = trailers.next();
            while (!trailer.isEmpty()) {
                trailer = trailers.next();
            }
            over = true;
        }
    }

    /** Reads the line with the size, byte by byte: there is one for each event. */
    private long size() throws IOException {
        long size = 0;
        int digits = 0;
        int c = next();
        for (int digit = hex(c); digit >= 0; digit = hex(c)) {
            size = size << 4 | digit;
            if (++digits > MOST_DIGITS) {
                throw ResponseHead.malformed("a chunk of the answer has no size");
            }
            c = next();
        }
        passOver(c);
        if (digits == 0) {
            throw ResponseHead.malformed("a chunk of the answer has no size");
        }
        return size;
    }

    /** What may stand behind the digits, to the line's end: blanks, and an extension. */
    private void passOver(int first) throws IOException {
        int c = first;
        boolean extension = false;
        for (int left = LONGEST_LINE; c != '\n'; c = next()) {
            extension |= c == ';';
            if (!extension && c != ' ' && c != '\t' && c != '\r') {
                throw ResponseHead.malformed("a chunk of the answer has no size");
            }
            if (--left == 0) {
                throw ResponseHead.malformed("a chunk of the answer has too long a line");
            }
        }
    }

    private static int hex(int c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private int next() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw cutOff();
        }
        return c;
    }
}
