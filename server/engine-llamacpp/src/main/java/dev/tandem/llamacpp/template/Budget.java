package dev.tandem.llamacpp.template;

/**
 * What is left of the {@link Limits} of one render; every operation whose cost depends on data pays
 * here first.
 */
final class Budget {
    private static final int CHARACTERS_PER_STEP = 64;
    private static final int CHARACTERS_PER_ELEMENT = 16;
    private static final int STEPS_BETWEEN_CLOCK_READINGS = 1024;

    private final Limits limits;
    private final long deadline;
    private long steps;
    private long nextClockReading = STEPS_BETWEEN_CLOCK_READINGS;
    private long characters;
    private int depth;

    Budget(Limits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.millis() * 1_000_000;
    }

    void step() {
        steps(1);
    }

    /** Pays for reading characters: searching and comparing. */
    void read(long count) {
        steps(1 + count / CHARACTERS_PER_STEP);
    }

    /** Pays for characters about to be allocated; the count is not negative. */
    void allocate(long count) {
        characters += count;
        if (count > limits.characters() || characters > limits.characters()) {
            throw TemplateException.limit(
                    "it allocates more than " + limits.characters() + " characters");
        }
        read(count);
    }

    /** Pays for list or map elements about to be allocated. */
    void allocateElements(long count) {
        if (count < 0 || count > limits.characters()) {
            throw TemplateException.limit("it makes a list of " + count + " elements");
        }
        allocate(count * CHARACTERS_PER_ELEMENT);
    }

    /** Refuses an output that has grown to this length. */
    void output(int length) {
        if (length > limits.output()) {
            throw TemplateException.limit(
                    "its output is longer than " + limits.output() + " characters");
        }
    }

    /** Goes one level deeper; {@link #leave()} comes back. */
    void enter() {
        if (++depth > limits.depth()) {
            throw TemplateException.limit(
                    "macros, loops or values are nested more than " + limits.depth() + " deep");
        }
    }

    void leave() {
        depth--;
    }

    private void steps(long count) {
        steps += count;
        if (steps > limits.steps()) {
            throw TemplateException.limit("it takes more than " + limits.steps() + " steps");
        }
        if (steps >= nextClockReading) {
            nextClockReading = steps + STEPS_BETWEEN_CLOCK_READINGS;
            if (System.nanoTime() - deadline > 0) {
                throw TemplateException.limit("it takes longer than " + limits.millis() + " ms");
            }
        }
    }
}
