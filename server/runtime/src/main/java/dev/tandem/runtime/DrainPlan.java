package dev.tandem.runtime;

import java.time.Duration;

/**
 * How a server that is told to stop ends.
 *
 * @param delay how long it goes on to take calls while it tells that it is not ready, 0 or more
 * @param limit how long running calls may go on from then on, 0 or more
 */
record DrainPlan(Duration delay, Duration limit) {
    DrainPlan {
        if (delay.isNegative() || limit.isNegative()) {
            throw new IllegalArgumentException(
                    "the drain delay is "
                            + delay
                            + " and the drain limit "
                            + limit
                            + "; set both to zero or more");
        }
    }
}
