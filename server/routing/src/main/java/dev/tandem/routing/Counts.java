package dev.tandem.routing;

import java.time.Duration;

/**
 * How much happened lately, and how much of it was special: a window that moves on in tenths. For
 * one thread at a time.
 */
final class Counts {
    private static final int PARTS = 10;

    private final long part;
    private final int[] all = new int[PARTS];
    private final int[] special = new int[PARTS];
    private long newest = Long.MIN_VALUE;

    Counts(Duration window) {
        part = Math.max(1, window.toNanos() / PARTS);
    }

    void add(long now, int more, int moreSpecial) {
        moveTo(now);
        int at = Math.floorMod(newest, PARTS);
        all[at] += more;
        special[at] += moreSpecial;
    }

    int all(long now) {
        moveTo(now);
        return sum(all);
    }

    int special(long now) {
        moveTo(now);
        return sum(special);
    }

    void clear() {
        newest = Long.MIN_VALUE;
    }

    private void moveTo(long now) {
        long current = Math.floorDiv(now, part);
        long stale = newest == Long.MIN_VALUE ? PARTS : Math.min(PARTS, current - newest);
        for (long i = 0; i < stale; i++) {
            int at = Math.floorMod(current - i, PARTS);
            all[at] = 0;
            special[at] = 0;
        }
        newest = Math.max(newest, current);
    }

    private static int sum(int[] parts) {
        int sum = 0;
        for (int each : parts) {
            sum += each;
        }
        return sum;
    }
}
