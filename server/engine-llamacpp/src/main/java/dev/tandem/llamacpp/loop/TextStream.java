package dev.tandem.llamacpp.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one choice: from the bytes of tokens to what may be told, each token's logprob along
 * with its text.
 */
final class TextStream {
    private final Utf8Stream characters = new Utf8Stream();
    private final StopMatcher stops;
    private final StringBuilder ready = new StringBuilder();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long decoded;
    private long released;

    /** A token whose text lies from {@code start} to {@code end}, in characters of the choice. */
    private record Pending(TokenLogprob logprob, long start, long end) {}

    TextStream(List<String> stops) {
        this.stops = new StopMatcher(stops);
    }

    /** Adds a token. */
    void add(byte[] bytes, @Nullable TokenLogprob logprob) {
        String text = characters.decode(bytes);
        if (logprob != null) {
            pending.add(new Pending(logprob, decoded, decoded + text.length()));
        }
        decoded += text.length();
        release(stops.push(text));
    }

    /** Whether a stop string came. */
    boolean stopped() {
        return stops.matched();
    }

    /** Releases what was held back; no token follows. */
    void finish() {
        release(stops.push(characters.finish()));
        if (!stops.matched()) {
            release(stops.finish());
        }
    }

    /** The text to tell since the last call. */
    String takeText() {
        String text = ready.toString();
        ready.setLength(0);
        return text;
    }

    /**
     * The logprobs to tell since the last call.
     *
     * @param last whether the choice ends here; then a token that is cut by a stop string is told
     *     too, one inside of it is not
     */
    List<TokenLogprob> takeLogprobs(boolean last) {
        if (pending.isEmpty()) {
            return List.of();
        }
        List<TokenLogprob> told = new ArrayList<>();
        for (Pending next = pending.peek(); next != null; next = pending.peek()) {
            boolean cut = last && (!stops.matched() || next.start < released);
            if (next.end > released && !cut) {
                break;
            }
            told.add(next.logprob);
            pending.remove();
        }
        return List.copyOf(told);
    }

    private void release(String text) {
        ready.append(text);
        released += text.length();
    }
}
