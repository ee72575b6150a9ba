package dev.tandem.structured.partial;

import dev.tandem.structured.partial.Position.State;

/**
 * A JSON value that is still being written. {@link #soFar} is what there is of it, as JSON: open
 * strings, arrays and objects closed, keys without a value and numbers and words that may go on
 * left out. Taking the text costs time linear in its length. For one thread.
 */
public final class GrowingJson {
    private final StringBuilder text = new StringBuilder();
    private final Position position = new Position();

    /** The length of the text up to which it stands once it is closed. */
    private int kept;

    /**
     * Goes on by a piece of the text.
     *
     * @throws NotJson where it is not the beginning of JSON
     */
    public void take(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            take(piece.charAt(i));
        }
    }

    private void take(char c) {
        State before = position.state();
        position.take(c);
        State after = position.state();
        if (before == State.IN_WORD && after != State.IN_WORD) {
            kept = text.length();
        }
        text.append(c);
        boolean opened = after == State.FIRST_ITEM || after == State.FIRST_KEY;
        boolean ended = after == State.BEHIND && before != State.BEHIND && before != State.IN_WORD;
        boolean closed = after == State.BEHIND && (c == ']' || c == '}');
        if (opened || ended || closed) {
            kept = text.length();
        } else if (after == State.IN_STRING) {
            kept = text.length() - position.unfinished();
        }
    }

    /** Whether the text is one whole value; a lone number or word never shows that it has ended. */
    public boolean isComplete() {
        return position.isComplete();
    }

    /** The value so far as JSON text; empty as long as there is nothing of it. */
    public String soFar() {
        if (kept == 0) {
            return "";
        }
        String quote = position.state() == State.IN_STRING ? "\"" : "";
        return text.substring(0, kept) + quote + position.closers();
    }
}
