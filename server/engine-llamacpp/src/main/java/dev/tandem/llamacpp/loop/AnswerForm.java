package dev.tandem.llamacpp.loop;

import dev.tandem.structured.grammar.Grammar;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is made of, in this order: thoughts, content, calls of tools. Each may be absent;
 * marks in the model's text tell where one ends and the next begins. Immutable.
 *
 * @param thinking null where the model does not think aloud
 * @param grammar of all that comes behind the thoughts, from the first character on; null for any
 *     text
 * @param calls null where tools cannot be called
 * @param marks texts whose control tokens are a part of the answer's text; other control tokens are
 *     not shown, and never chosen where a grammar holds
 */
public record AnswerForm(
        @Nullable Thinking thinking,
        @Nullable Grammar grammar,
        @Nullable Calls calls,
        Set<String> marks) {
    /** Text, whatever it is. */
    public static final AnswerForm TEXT = new AnswerForm(null, null, null, Set.of());

    /**
     * The marks around thoughts; none is a part of them.
     *
     * @param opened whether the prompt ends with the first mark
     */
    public record Thinking(String begin, String end, boolean opened) {}

    /**
     * The calls at the end of an answer.
     *
     * @param trigger what they begin with, and a part of them; empty where there is no content and
     *     all is calls
     * @param atBegin whether the trigger counts only as the first text of the content
     * @param grammar of the calls, the trigger included; null where the whole answer's grammar has
     *     them already
     */
    public record Calls(String trigger, boolean atBegin, @Nullable Grammar grammar) {}

    /** Copies the marks. */
    public AnswerForm {
        marks = Set.copyOf(marks);
    }

    /** Nothing but a text of this grammar. */
    public static AnswerForm of(Grammar grammar) {
        return new AnswerForm(null, grammar, null, Set.of());
    }

    /** Whether every token may come at any time. */
    boolean isFree() {
        return grammar == null && (calls == null || calls.grammar() == null);
    }

    /** Whether this is the text of a control token that is shown. */
    boolean shows(String controlText) {
        return !controlText.isEmpty()
                && marks.stream().anyMatch(mark -> mark.contains(controlText));
    }
}
