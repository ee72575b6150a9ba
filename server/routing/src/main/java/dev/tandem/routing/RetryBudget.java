package dev.tandem.routing;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How often an engine may be asked again: within ten seconds ten times, and once more for every
 * five calls, so that an outage is not multiplied by those who try again. For all threads.
 */
final class RetryBudget {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int LEAST = 10;
    private static final double SHARE = 0.2;

    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Counts lately = new Counts(WINDOW);

    RetryBudget(LongSupplier clock) {
        this.clock = clock;
    }

    /** A call begins that is no retry. */
    void called() {
        lock.lock();
        try {
            lately.add(clock.getAsLong(), 1, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a retry out of it; false where none is left. */
    boolean take() {
        lock.lock();
        try {
            long now = clock.getAsLong();
            if (lately.special(now) + 1 > LEAST + SHARE * lately.all(now)) {
                return false;
            }
            lately.add(now, 0, 1);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
