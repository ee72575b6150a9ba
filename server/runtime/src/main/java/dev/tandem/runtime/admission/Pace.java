package dev.tandem.runtime.admission;

/**
 * How fast a line moves: the time between two that leave it for their places, smoothed over the
 * last dozen or so. The time since the last one counts as it grows, so that a line that has come to
 * a halt is known to be slow before anybody leaves it. For use under a lock.
 */
final class Pace {
    private static final double SHARE_OF_THE_LATEST = 1.0 / 16;

    private static final double NANOS_OF_A_SECOND = 1e9;

    private boolean known;
    private double nanos; // between two
    private long since; // by the clock's nanoseconds

    /**
     * The line was empty until now. What was known of its pace fades in seconds: where nobody is
     * let into a line that was slow, nobody would ever find out that it no longer is.
     */
    void begin(long now) {
        nanos /= 1 + (now - since) / NANOS_OF_A_SECOND;
        since = now;
    }

    /** One has left the line for its place. */
    void moved(long now) {
        long gap = Math.max(0, now - since);
        nanos = known ? nanos + (gap - nanos) * SHARE_OF_THE_LATEST : gap;
        known = true;
        since = now;
    }

    /** Nanoseconds between two, as far as is known; 0 before the first. */
    double nanos(long now) {
        double waiting = (double) now - since;
        return waiting > nanos ? nanos + (waiting - nanos) * SHARE_OF_THE_LATEST : nanos;
    }
}
