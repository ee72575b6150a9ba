package dev.tandem.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Server-sent events, each of one line; the last says {@code [DONE]}. */
final class EventBody extends CutBody {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final Messages messages;
    private boolean done;

    EventBody(Messages messages) {
        this.messages = messages;
    }

    @Override
    int cut(byte[] array, int from, int to) {
        int begin = from;
        for (int at = from; at < to - 1; at++) {
            if (array[at] == '\n' && array[at + 1] == '\n') {
                event(array, begin, at);
                begin = at + 2;
                at++;
            }
        }
        return begin;
    }

    private void event(byte[] array, int from, int to) {
        if (array[from] == ':') {
            return; // a sign of life
        }
        int begin = from + DATA.length;
        if (done || !startsWith(array, from, to, DATA)) {
            throw new IllegalStateException(
                    "not an event that belongs here: " + text(array, from, to));
        }
        if (startsWith(array, begin, to, DONE)) {
            done = true;
        } else {
            messages.message(array, begin, to - begin);
        }
    }

    private static boolean startsWith(byte[] array, int from, int to, byte[] begin) {
        return to - from >= begin.length
                && Arrays.equals(array, from, from + begin.length, begin, 0, begin.length);
    }

    private static String text(byte[] array, int from, int to) {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void end() {
        if (!done || partial()) {
            throw new IllegalStateException("the stream ended without its last event");
        }
        messages.end();
    }
}
