package dev.tandem.llamacpp.loop;

import java.util.List;

/**
 * A generation that has its slots: first its prompt is computed, in the first slot, then its
 * choices. For the computing thread.
 */
final class Running {
    private final Generation generation;
    private final List<Choice> choices;
    private boolean prefilling = true;
    private int promptRow;

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
            promptRow = first.feed(decoder, prompt[i], i == prompt.length - 1);
        }
        return to - from;
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
