package dev.tandem.upstream.sse;

import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of UTF-8 that end with LF, CRLF or CR, as views into one buffer. A line is given out as
 * soon as its end is there: the LF behind a CR is not waited for. Used by one thread.
 */
public final class LineReader {
    private static final int INITIAL = 8 << 10;

    /** What is kept of a buffer that a long line made grow. */
    private static final int KEPT = 64 << 10;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[INITIAL];
    private int from; // of what was not given out yet
    private int to;
    private boolean afterReturn; // a LF that comes first belongs to the line before
    private boolean first = true;
    private int lineFrom;
    private int lineTo;

    /**
     * @param in is not closed here
     * @param longest the most bytes of a line, its end not counted
     */
    public LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The line's bytes are {@code buffer()[start(), end())}, until the next is asked for. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the line begins. */
    public int start() {
        return lineFrom;
    }

    /** Behind its last byte. */
    public int end() {
        return lineTo;
    }

    /**
     * Goes to the next line.
     *
     * @return false at the end of the stream; what stands there without a line end is no line
     * @throws BrokenStreamException where a line is too long or not UTF-8
     */
    public boolean next() throws IOException {
        int scan = from;
        boolean ascii = true;
        while (true) {
            if (scan == to) {
                int read = scan - from;
                if (!fill()) {
                    return false;
                }
                scan = from + read;
            }
            if (afterReturn) {
                afterReturn = false;
                if (buffer[scan] == '\n') {
                    from = ++scan;
                    continue;
                }
            }
            int most = Math.min(to, from + longest + 1);
            int at = scan;
            int seen = 0;
            while (at < most && !endsLine(buffer[at])) {
                seen |= buffer[at++];
            }
            ascii &= seen >= 0;
            if (at < most) {
                give(at);
                check(ascii);
                return true;
            }
            scan = at;
            if (scan - from > longest) {
                throw new BrokenStreamException(
                        "a line of the stream is longer than " + longest + " bytes");
            }
        }
    }

    private static boolean endsLine(byte b) {
        return b == '\n' || b == '\r';
    }

    /** The line ends here. */
    private void give(int end) {
        lineFrom = from;
        lineTo = end;
        from = end + 1;
        afterReturn = buffer[end] == '\r';
    }

    private void check(boolean ascii) throws BrokenStreamException {
        if (ascii) {
            first = false;
            return;
        }
        if (first && startsWithMark()) {
            lineFrom += 3;
        }
        first = false;
        if (!UnsafeByteOperations.unsafeWrap(buffer, lineFrom, lineTo - lineFrom).isValidUtf8()) {
            throw new BrokenStreamException("the stream is not UTF-8");
        }
    }

    private boolean startsWithMark() {
        return lineTo - lineFrom >= 3
                && buffer[lineFrom] == (byte) 0xEF
                && buffer[lineFrom + 1] == (byte) 0xBB
                && buffer[lineFrom + 2] == (byte) 0xBF;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
            if (buffer.length > KEPT) {
                buffer = new byte[INITIAL];
            }
        } else if (to == buffer.length) {
            makeRoom();
        }
        int count = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, count);
        return count > 0;
    }

    private void makeRoom() {
        int held = to - from;
        if (from < buffer.length / 2) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, longest + 2L + from));
        }
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, held);
            from = 0;
            to = held;
        }
    }
}
