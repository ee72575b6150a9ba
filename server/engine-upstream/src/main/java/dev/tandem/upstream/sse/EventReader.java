package dev.tandem.upstream.sse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (the HTML standard, section 9.2) to an end mark. Comments, {@code id}
 * and {@code retry} are passed over. Used by one thread.
 */
public final class EventReader {
    private static final byte[] DATA = ascii("data");
    private static final byte[] EVENT = ascii("event");

    private final LineReader lines;
    private final int largest;
    private final byte[] endMark;
    private String name = "";
    private int dataLines;
    private byte[] joined = new byte[0];
    private int length;

    /**
     * @param in is not closed here
     * @param endMark the data of the event that says that the stream is complete: {@code [DONE]}
     */
    public EventReader(InputStream in, EventLimits limits, String endMark) {
        lines = new LineReader(in, limits.line());
        largest = limits.event();
        this.endMark = endMark.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The next event, waiting for it; null where the end mark came.
     *
     * @throws BrokenStreamException where a line or an event is too large, is not UTF-8, or the
     *     stream ends without its end mark
     */
    public @Nullable ServerEvent next() throws IOException {
        name = "";
        dataLines = 0;
        length = 0;
        while (lines.next()) {
            if (lines.start() < lines.end()) {
                field();
            } else if (dataLines > 0) {
                ServerEvent event = new ServerEvent(name, joined, 0, length);
                return isEnd(event) ? null : event;
            } else {
                name = "";
            }
        }
        throw new BrokenStreamException("the stream ended without its end mark");
    }

    private void field() throws BrokenStreamException {
        byte[] line = lines.buffer();
        int from = lines.start();
        int to = lines.end();
        int colon = from;
        while (colon < to && line[colon] != ':') {
            colon++;
        }
        int value = Math.min(to, colon + 1);
        if (value < to && line[value] == ' ') {
            value++;
        }
        if (Arrays.equals(line, from, colon, DATA, 0, DATA.length)) {
            append(line, value, to - value);
        } else if (Arrays.equals(line, from, colon, EVENT, 0, EVENT.length)) {
            name = new String(line, value, to - value, StandardCharsets.UTF_8);
        }
    }

    private void append(byte[] line, int from, int count) throws BrokenStreamException {
        int start = dataLines++ == 0 ? 0 : length + 1;
        if (start + (long) count > largest) {
            throw new BrokenStreamException(
                    "an event of the stream is larger than " + largest + " bytes");
        }
        if (joined.length < start + count) {
            joined =
                    Arrays.copyOf(
                            joined, Math.max(512, Math.max(start + count, 2 * joined.length)));
        }
        if (start > 0) {
            joined[start - 1] = '\n';
        }
        System.arraycopy(line, from, joined, start, count);
        length = start + count;
    }

    private boolean isEnd(ServerEvent event) {
        return Arrays.equals(event.bytes(), 0, event.length(), endMark, 0, endMark.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
