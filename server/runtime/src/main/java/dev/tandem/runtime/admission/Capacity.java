package dev.tandem.runtime.admission;

import java.time.Duration;

/**
 * How much is taken at once.
 *
 * @param running places: how many calls run at the same time, at least 1
 * @param waiting how many may wait for a place, 0 or more
 * @param longestWait whoever is expected to wait longer is refused at once; zero is no limit
 */
public record Capacity(int running, int waiting, Duration longestWait) {
    public Capacity {
        if (running < 1 || waiting < 0 || longestWait.isNegative()) {
            throw new IllegalArgumentException(
                    "there must be room for one running call and none or more waiting; got "
                            + running
                            + ", "
                            + waiting
                            + ", longest wait "
                            + longestWait);
        }
    }

    /** Whoever waits may wait for any time. */
    public static Capacity of(int running, int waiting) {
        return new Capacity(running, waiting, Duration.ZERO);
    }
}
