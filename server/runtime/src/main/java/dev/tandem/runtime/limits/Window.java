package dev.tandem.runtime.limits;

import java.util.Arrays;

/**
 * What was taken in the last minute or day, part by part. For use under a lock.
 *
 * <p>Part {@code i} is the time from {@code i × part} to {@code (i + 1) × part}. It counts until
 * the whole span has passed since its end, so that whatever interval of the span's length one looks
 * at, all of what was taken in it is counted at its end.
 */
final class Window {
    private final Span span;
    private final long[] parts; // a ring: part i is at i % length
    private long newest = Long.MIN_VALUE; // the part that is now, or the last one that was
    private long last; // the last part in which something was taken
    private long sum;

    Window(Span span) {
        this.span = span;
        this.parts = new long[span.parts() + 1];
    }

    /** Forgets what is too old. A clock that goes back stands still. */
    void advance(long millis) {
        long now = millis / span.partMillis();
        if (newest == Long.MIN_VALUE || now - newest >= parts.length) {
            Arrays.fill(parts, 0);
            sum = 0;
            newest = now;
            return;
        }
        while (newest < now) {
            newest++;
            sum -= parts[at(newest)];
            parts[at(newest)] = 0;
        }
    }

    long sum() {
        return sum;
    }

    /** Does nothing count any more? */
    boolean emptyAt(long millis) {
        advance(millis);
        return sum == 0;
    }

    /** Counts more in the part that is now. */
    void add(long amount) {
        if (amount > 0) {
            parts[at(newest)] += amount;
            sum += amount;
            last = newest;
        }
    }

    /** Gives back what was taken at a time, as far as it still counts. */
    void giveBack(long amount, long thenMillis) {
        long part = thenMillis / span.partMillis();
        if (part <= newest && newest - part < parts.length) {
            long given = Math.min(amount, parts[at(part)]);
            parts[at(part)] -= given;
            sum -= given;
        }
    }

    /** How long until so much is forgotten. */
    long millisUntilFreed(long amount, long millis) {
        long freed = 0;
        for (long part = newest - span.parts(); part <= newest; part++) {
            freed += parts[at(part)];
            if (freed >= amount) {
                return Math.max(1, end(part) - millis);
            }
        }
        return span.millis();
    }

    /** How long until all is forgotten. */
    long millisUntilEmpty(long millis) {
        return sum == 0 ? 0 : Math.max(1, end(last) - millis);
    }

    private long end(long part) {
        return (part + 1 + span.parts()) * span.partMillis();
    }

    private int at(long part) {
        return (int) Math.floorMod(part, (long) parts.length);
    }
}
