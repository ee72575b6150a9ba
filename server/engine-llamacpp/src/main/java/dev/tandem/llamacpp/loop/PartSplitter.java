package dev.tandem.llamacpp.loop;

import org.jspecify.annotations.Nullable;

/**
 * Splits the text of one choice, which arrives in pieces, into thoughts, content and calls, and
 * holds back what may become a mark. White space around marks belongs to nothing.
 */
final class PartSplitter {
    private enum Phase {
        BEGIN,
        THINKING,
        LEAD,
        CONTENT,
        CALLS
    }

    private final AnswerForm.@Nullable Thinking thinking;
    private final AnswerForm.@Nullable Calls calls;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder called = new StringBuilder();
    private Phase phase;
    private boolean thoughtsBegun;
    private boolean mayCall;
    private long passed;
    private long contentStart = Long.MAX_VALUE;
    private long contentEnd = Long.MAX_VALUE;

    PartSplitter(AnswerForm form) {
        thinking = form.thinking();
        calls = form.calls();
        mayCall = calls != null;
        if (thinking == null) {
            phase = Phase.LEAD;
            enterAnswer();
        } else {
            phase = thinking.opened() ? Phase.THINKING : Phase.BEGIN;
        }
    }

    void push(String text) {
        held.append(text);
        Phase before;
        do {
            before = phase;
            step();
        } while (phase != before && !held.isEmpty());
    }

    /** Releases what was held back; no text follows. */
    void finish() {
        if (phase == Phase.THINKING) {
            thoughts.append(pass(held.length()));
        } else if (phase != Phase.LEAD) {
            if (phase == Phase.BEGIN) {
                contentStart = passed;
            }
            content.append(pass(held.length()));
        }
    }

    /** Thoughts since the last call. */
    String takeThoughts() {
        return taken(thoughts);
    }

    /** Content since the last call. */
    String takeContent() {
        return taken(content);
    }

    /** Text of calls since the last call, their marks included. */
    String takeCalls() {
        return taken(called);
    }

    /** Whether it is known that what came last is a thought. */
    boolean isThinking() {
        return phase == Phase.THINKING;
    }

    /** Whether no content follows. */
    boolean contentIsOver() {
        return phase == Phase.CALLS;
    }

    /** Where the content begins in the whole text; the largest number where that is not known. */
    long contentStart() {
        return contentStart;
    }

    /** Where it ends; the largest number where that is not known. */
    long contentEnd() {
        return contentEnd;
    }

    private void step() {
        switch (phase) {
            case BEGIN -> begin(requireThinking());
            case THINKING -> think(requireThinking().end());
            case LEAD -> {
                pass(leadingSpace());
                if (!held.isEmpty()) {
                    enterAnswer();
                }
            }
            case CONTENT -> content();
            case CALLS -> called.append(pass(held.length()));
        }
    }

    private AnswerForm.Thinking requireThinking() {
        if (thinking == null) {
            throw new IllegalStateException("this answer has no thoughts");
        }
        return thinking;
    }

    private void begin(AnswerForm.Thinking marks) {
        int space = leadingSpace();
        String start = held.substring(space);
        if (start.startsWith(marks.begin())) {
            pass(space + marks.begin().length());
            phase = Phase.THINKING;
        } else if (!marks.begin().startsWith(start)) {
            phase = Phase.LEAD;
        }
    }

    private void think(String end) {
        if (!thoughtsBegun) {
            pass(leadingSpace());
            thoughtsBegun = !held.isEmpty();
        }
        int at = held.indexOf(end);
        if (at < 0) {
            thoughts.append(pass(safe(end)));
            return;
        }
        thoughts.append(pass(withoutTrailingSpace(at)));
        pass(held.indexOf(end) + end.length());
        phase = Phase.LEAD;
    }

    private void enterAnswer() {
        contentStart = passed;
        boolean nothingButCalls = calls != null && calls.trigger().isEmpty();
        phase = nothingButCalls ? Phase.CALLS : Phase.CONTENT;
        contentEnd = nothingButCalls ? passed : Long.MAX_VALUE;
    }

    private void content() {
        if (calls == null || !mayCall) {
            content.append(pass(held.length()));
        } else if (calls.atBegin()) {
            callAtBegin(calls.trigger());
        } else {
            callAnywhere(calls.trigger());
        }
    }

    private void callAtBegin(String trigger) {
        int space = leadingSpace();
        String start = held.substring(space);
        if (start.startsWith(trigger)) {
            enterCalls(0, space);
        } else if (!trigger.startsWith(start)) {
            mayCall = false;
            content.append(pass(held.length()));
        }
    }

    private void callAnywhere(String trigger) {
        int at = held.indexOf(trigger);
        if (at < 0) {
            content.append(pass(safe(trigger)));
        } else {
            int end = withoutTrailingSpace(at);
            enterCalls(end, at - end);
        }
    }

    private void enterCalls(int contentLeft, int space) {
        content.append(pass(contentLeft));
        contentEnd = passed;
        pass(space);
        phase = Phase.CALLS;
    }

    /** How much of what is held cannot be the beginning of a mark with white space before it. */
    private int safe(String mark) {
        int most = Math.min(mark.length() - 1, held.length());
        int open = 0;
        for (int length = most; length > 0 && open == 0; length--) {
            if (mark.startsWith(held.substring(held.length() - length))) {
                open = length;
            }
        }
        return withoutTrailingSpace(held.length() - open);
    }

    private int withoutTrailingSpace(int end) {
        int at = end;
        while (at > 0 && Character.isWhitespace(held.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private int leadingSpace() {
        int at = 0;
        while (at < held.length() && Character.isWhitespace(held.charAt(at))) {
            at++;
        }
        return at;
    }

    private String pass(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        passed += length;
        return text;
    }

    private static String taken(StringBuilder text) {
        String all = text.toString();
        text.setLength(0);
        return all;
    }
}
