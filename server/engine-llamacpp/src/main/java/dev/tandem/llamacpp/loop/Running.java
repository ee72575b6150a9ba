package dev.tandem.llamacpp.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * A generation that has its slots: first its prompt is computed, in the first slot, then its
 * choices. For the computing thread.
 */
final class Running {
    private final Generation generation;
    private final List<Choice> choices;
    private boolean prefilling = true;
    private final List<TokenLogprob> scores = new ArrayList<>(0);
    private int promptRow;
    private int fed;

    Running(Generation generation, List<Choice> choices) {
        this.generation = generation;
        this.choices = choices;
    }

    Generation generation() {
        return generation;
    }

    GenerationRequest request() {
        return generation.request();
    }

    List<Choice> choices() {
        return choices;
    }

    /** The choices that go on. */
    List<Choice> active() {
        return choices.stream().filter(choice -> !choice.hasEnded()).toList();
    }

    /** Whether a part of the prompt is not computed yet, or its logits are not looked at. */
    boolean isPrefilling() {
        return prefilling;
    }

    /** Whether the reader has room for the next piece of every choice. */
    boolean mayGoOn() {
        return generation.outbox().hasRoomFor(choices.size());
    }

    /**
     * Adds the next part of the prompt to the batch.
     *
     * @return how many tokens were added, at most {@code most}
     */
    int feedPrompt(Decoder decoder, int most) {
        int[] prompt = request().prompt();
        Choice first = choices.getFirst();
        int from = first.slot().cached().size();
        int to = Math.min(prompt.length, from + most);
        for (int i = from; i < to; i++) {
            boolean output = i == prompt.length - 1 || request().scoresPrompt();
            promptRow = first.feed(decoder, prompt[i], output);
        }
        fed = to - from;
        return fed;
    }

    /**
     * Looks at the part of the prompt that was computed last, where its logprobs are wanted: a row
     * tells of the token that follows it.
     *
     * @param logits space to read rows into
     */
    void scorePrompt(Decoder decoder, float[] logits) {
        if (!request().scoresPrompt()) {
            return;
        }
        int[] prompt = request().prompt();
        int end = choices.getFirst().slot().cached().size();
        for (int next = end - fed + 1; next <= Math.min(end, prompt.length - 1); next++) {
            decoder.readLogits(promptRow - (end - next), logits);
            scores.add(Logits.logprob(logits, prompt[next], request().topLogprobs()));
        }
        if (promptIsComputed()) {
            generation.tellPrompt(scores);
        }
    }

    boolean promptIsComputed() {
        return choices.getFirst().slot().cached().size() >= request().prompt().length;
    }

    /**
     * Gives every choice the computed prompt.
     *
     * @return the row of its last token
     */
    int sharePrompt(Decoder decoder) {
        Slot source = choices.getFirst().slot();
        for (Choice choice : choices.subList(1, choices.size())) {
            decoder.copy(source.sequence(), choice.slot().sequence());
            choice.slot().cached().addAll(source.cached());
        }
        prefilling = false;
        return promptRow;
    }
}
