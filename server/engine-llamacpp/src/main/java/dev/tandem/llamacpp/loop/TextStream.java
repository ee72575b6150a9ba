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
    private final PartSplitter parts;
    private long decoded;
    private long released;

    /** A token whose text lies from {@code start} to {@code end}, in characters of all parts. */
    private record Pending(TokenLogprob logprob, long start, long end) {}

    /**
     * @param stops end the choice where they come in its content
     */
    TextStream(List<String> stops, AnswerForm form) {
        this.stops = new StopMatcher(stops);
        this.parts = new PartSplitter(form);
    }

    /** Adds a token. */
    void add(byte[] bytes, @Nullable TokenLogprob logprob) {
        String text = characters.decode(bytes);
        if (logprob != null) {
            pending.add(new Pending(logprob, decoded, decoded + text.length()));
        }
        decoded += text.length();
        parts.push(text);
        releaseContent();
    }

    private void releaseContent() {
        release(stops.push(parts.takeContent()));
        if (parts.contentIsOver() && !stops.matched()) {
            release(stops.finish());
        }
    }

    /** Whether a stop string came. */
    boolean stopped() {
        return stops.matched();
    }

    /** Releases what was held back; no token follows. */
    void finish() {
        parts.push(characters.finish());
        parts.finish();
        releaseContent();
        if (!stops.matched()) {
            release(stops.finish());
        }
    }

    /** The thoughts to tell since the last call. */
    String takeThoughts() {
        return parts.takeThoughts();
    }

    /** The text of calls to tell since the last call; none behind a stop string. */
    String takeCalls() {
        String calls = parts.takeCalls();
        return stops.matched() ? "" : calls;
    }

    /** The content to tell since the last call. */
    String takeText() {
        String text = ready.toString();
        ready.setLength(0);
        return text;
    }

    /**
     * The logprobs of the content to tell since the last call.
     *
     * @param last whether the choice ends here; then a token that is cut by a stop string is told
     *     too, one inside of it is not
     */
    List<TokenLogprob> takeLogprobs(boolean last) {
        if (pending.isEmpty()) {
            return List.of();
        }
        forgetOtherParts();
        long end = released + Math.min(parts.contentStart(), decoded);
        List<TokenLogprob> told = new ArrayList<>();
        for (Pending next = pending.peek(); next != null; next = pending.peek()) {
            boolean cut = last && (!stops.matched() || next.start < end);
            if (next.end > end && !cut) {
                break;
            }
            told.add(next.logprob);
            pending.remove();
        }
        return List.copyOf(told);
    }

    /** Tokens that are wholly in thoughts, in marks or in calls. */
    private void forgetOtherParts() {
        long start = parts.isThinking() ? decoded : parts.contentStart();
        if (start > 0 && start < Long.MAX_VALUE) {
            pending.removeIf(token -> token.end <= start);
        }
        pending.removeIf(token -> token.start >= parts.contentEnd());
    }

    private void release(String text) {
        ready.append(text);
        released += text.length();
    }
}
