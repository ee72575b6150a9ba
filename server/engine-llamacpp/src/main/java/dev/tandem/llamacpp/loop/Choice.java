package dev.tandem.llamacpp.loop;

/** One continuation of a prompt while it is generated. For the computing thread. */
final class Choice {
    private static final int NO_ROW = -1;

    private final int index;
    private final Slot slot;
    private final Sampler sampler;
    private final TextStream text;
    private int next;
    private int generated;
    private int row = NO_ROW;
    private boolean ended;

    Choice(int index, Slot slot, Sampler sampler, TextStream text) {
        this.index = index;
        this.slot = slot;
        this.sampler = sampler;
        this.text = text;
    }

    int index() {
        return index;
    }

    Slot slot() {
        return slot;
    }

    Sampler sampler() {
        return sampler;
    }

    TextStream text() {
        return text;
    }

    /** How many tokens it has. */
    int generated() {
        return generated;
    }

    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** The token that is computed next. */
    void follow(int token) {
        next = token;
        generated++;
    }

    /** Where its logits are in the batch that was computed last. */
    int row() {
        return row;
    }

    /** Adds the token that was chosen last to the batch. */
    void feed(Decoder decoder) {
        row = feed(decoder, next, true);
    }

    /** Adds a token to the batch. */
    int feed(Decoder decoder, int token, boolean output) {
        int added = decoder.add(token, slot.cached().size(), slot.sequence(), output);
        slot.cached().add(token);
        return added;
    }
}
