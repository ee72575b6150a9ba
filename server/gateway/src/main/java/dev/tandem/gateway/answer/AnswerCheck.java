package dev.tandem.gateway.answer;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds one answer against its form while it passes. Each choice is judged by itself, when its
 * finish reason comes: that of one that does not fit is kept back. Used by the call's thread only.
 */
public final class AnswerCheck {
    private final AnswerForm form;
    private final Map<Integer, WrittenChoice> choices = new HashMap<>(2);
    private final Set<Integer> unfit = new HashSet<>(2);
    private final List<Violation> broken = new ArrayList<>(0);

    /** For one answer. */
    public AnswerCheck(AnswerForm form) {
        this.form = form;
    }

    /** Takes a chunk; returns what of it may be told. */
    public ChatChunk pass(ChatChunk chunk) {
        boolean fit = true;
        for (ChunkChoice choice : chunk.getChoicesList()) {
            fit &= take(choice);
        }
        if (fit) {
            return chunk;
        }
        ChatChunk.Builder rest = chunk.toBuilder().clearChoices();
        chunk.getChoicesList().stream()
                .filter(choice -> !unfit.contains(choice.getIndex()))
                .forEach(rest::addChoices);
        return rest.build();
    }

    /** Does the choice fit, as far as it can be said? */
    private boolean take(ChunkChoice choice) {
        int index = choice.getIndex();
        if (unfit.contains(index)) {
            return false;
        }
        WrittenChoice written = choices.computeIfAbsent(index, WrittenChoice::new);
        written.add(choice.getDelta());
        if (!choice.hasFinishReason()) {
            return true;
        }
        choices.remove(index);
        List<Violation> violations = written.violations(form, choice.getFinishReason());
        if (violations.isEmpty()) {
            return true;
        }
        unfit.add(index);
        broken.addAll(violations);
        return false;
    }

    /**
     * To be called at the answer's end.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code answer_invalid}
     */
    public void requireValid() {
        if (!broken.isEmpty()) {
            throw InvalidAnswer.error(broken).toException();
        }
    }
}
