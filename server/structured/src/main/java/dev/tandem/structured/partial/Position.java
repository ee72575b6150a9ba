package dev.tandem.structured.partial;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where a growing JSON text stands: each character is looked at once. Structure is checked; how
 * numbers, words and escapes are spelled is left to whoever reads them.
 */
final class Position {
    /** What the next character belongs to. */
    enum State {
        /** A value must begin. */
        VALUE,
        /** An item or the end of the list just opened. */
        FIRST_ITEM,
        /** A key, behind a comma. */
        KEY,
        /** A key or the end of the object just opened. */
        FIRST_KEY,
        /** Inside a key. */
        IN_KEY,
        /** Between key and value. */
        COLON,
        /** Inside a string that is a value. */
        IN_STRING,
        /** Inside a number, or true, false, null. */
        IN_WORD,
        /** Behind a value. */
        BEHIND
    }

    private final Deque<Character> closers = new ArrayDeque<>();
    private final Escapes escapes = new Escapes();
    private State state = State.VALUE;
    private long taken;

    State state() {
        return state;
    }

    /** Open arrays and objects. */
    int depth() {
        return closers.size();
    }

    /** Whether the innermost open container is a list. */
    boolean inList() {
        return !closers.isEmpty() && closers.peek() == ']';
    }

    /** What closes all that is open, the innermost first. */
    String closers() {
        var all = new StringBuilder();
        closers.forEach(all::append);
        return all.toString();
    }

    /** How many of the last characters of an open string are not one whole character yet. */
    int unfinished() {
        return escapes.unfinished();
    }

    /** Whether one whole value has ended. */
    boolean isComplete() {
        return closers.isEmpty() && state == State.BEHIND;
    }

    /** Goes on by a character. */
    void take(char c) {
        taken++;
        if (state == State.IN_KEY || state == State.IN_STRING) {
            inString(c);
        } else if (state == State.IN_WORD && isOfWord(c)) {
            return;
        } else if (isSpace(c)) {
            state = state == State.IN_WORD ? State.BEHIND : state;
        } else {
            structure(c);
        }
    }

    private void inString(char c) {
        if (escapes.take(c)) {
            state = state == State.IN_KEY ? State.COLON : State.BEHIND;
        }
    }

    private void structure(char c) {
        switch (state) {
            case VALUE -> value(c);
            case FIRST_ITEM -> {
                if (c == ']') {
                    close(c);
                } else {
                    value(c);
                }
            }
            case KEY, FIRST_KEY -> {
                if (c == '}' && state == State.FIRST_KEY) {
                    close(c);
                } else {
                    expect(c == '"', c, "a key");
                    begin(State.IN_KEY);
                }
            }
            case COLON -> {
                expect(c == ':', c, "':'");
                state = State.VALUE;
            }
            case IN_WORD, BEHIND -> behind(c);
            case IN_KEY, IN_STRING -> throw new IllegalStateException("strings are read apart");
        }
    }

    private void value(char c) {
        switch (c) {
            case '{' -> {
                closers.push('}');
                state = State.FIRST_KEY;
            }
            case '[' -> {
                closers.push(']');
                state = State.FIRST_ITEM;
            }
            case '"' -> begin(State.IN_STRING);
            default -> {
                expect(c == '-' || isOfWord(c), c, "a value");
                state = State.IN_WORD;
            }
        }
    }

    private void begin(State string) {
        escapes.begin();
        state = string;
    }

    private void behind(char c) {
        expect(!closers.isEmpty(), c, "the end");
        if (c == ',') {
            state = inList() ? State.VALUE : State.KEY;
        } else {
            close(c);
        }
    }

    private void close(char c) {
        expect(!closers.isEmpty() && closers.peek() == c, c, "',' or '" + closers.peek() + "'");
        closers.pop();
        state = State.BEHIND;
    }

    private void expect(boolean holds, char found, String wanted) {
        if (!holds) {
            throw new NotJson(found, taken, wanted);
        }
    }

    private static boolean isOfWord(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || c == 'E'
                || c == '.'
                || c == '-'
                || c == '+';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
