package dev.tandem.routing;

import java.util.Set;

/**
 * How a model's engines are asked.
 *
 * @param retries how often the same one is
 * @param fallbackOn after which failures the next one is
 * @param limits how long all that may take
 */
public record RoutingSettings(Retries retries, Set<FailureKind> fallbackOn, TimeLimits limits) {
    /** Those that hold unless told otherwise. */
    public static final RoutingSettings DEFAULT =
            new RoutingSettings(Retries.DEFAULT, FailureKind.usualFallback(), TimeLimits.NONE);

    public RoutingSettings {
        fallbackOn = Set.copyOf(fallbackOn);
        if (fallbackOn.contains(FailureKind.FINAL)) {
            throw new IllegalArgumentException("no engine is asked for a caller's fault again");
        }
    }
}
