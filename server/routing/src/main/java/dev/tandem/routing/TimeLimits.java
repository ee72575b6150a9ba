package dev.tandem.routing;

import java.time.Duration;

/**
 * How long a model may take, whatever its engines allow. Zero is no limit.
 *
 * @param first from the engine's begin, behind its queue, to the first token, or to the whole of an
 *     answer that does not come in tokens
 * @param gap between two messages of an answer
 * @param total for everything: waits, retries and other engines too
 */
public record TimeLimits(Duration first, Duration gap, Duration total) {
    /** None. */
    public static final TimeLimits NONE =
            new TimeLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public TimeLimits {
        if (first.isNegative() || gap.isNegative() || total.isNegative()) {
            throw new IllegalArgumentException("limits of time cannot be negative");
        }
    }
}
