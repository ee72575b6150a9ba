package dev.tandem.routing;

import java.time.Duration;

/**
 * When an engine is left alone.
 *
 * @param failures so many in a row open the circuit; at least 1, 5 unless told
 * @param share so many of the calls within the window do, 0 to 1; 0.5 unless told
 * @param calls the share counts from so many calls within the window on; at least 1, 20 unless told
 * @param window over which the share is taken; 30 s unless told
 * @param open how long the engine is left alone before one call tries it; 30 s unless told
 */
public record CircuitSettings(
        int failures, double share, int calls, Duration window, Duration open) {
    /** Those that hold unless told otherwise. */
    public static final CircuitSettings DEFAULT =
            new CircuitSettings(5, 0.5, 20, Duration.ofSeconds(30), Duration.ofSeconds(30));

    public CircuitSettings {
        if (failures < 1 || share < 0 || share > 1 || calls < 1) {
            throw new IllegalArgumentException(
                    "failures and calls must be at least 1, share 0 to 1");
        }
        if (!window.isPositive() || !open.isPositive()) {
            throw new IllegalArgumentException("window and open must be positive");
        }
    }
}
