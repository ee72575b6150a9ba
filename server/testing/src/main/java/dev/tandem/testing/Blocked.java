package dev.tandem.testing;

import java.util.concurrent.locks.LockSupport;

/**
 * Finds out that a run stands in {@code send}: nothing signals that, so it looks again and again.
 */
final class Blocked {
    private static final int LOOKS_IN_A_ROW = 50;
    private static final long BETWEEN_LOOKS_NANOS = 4_000_000;

    private final Run run;
    private int sentBefore = -1;
    private int inARow;

    Blocked(Run run) {
        this.run = run;
    }

    void await() {
        long limit = System.nanoTime() + Patience.LIMIT.toNanos();
        while (!standsStill()) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException(
                        "the engine was not held back; it has sent " + run.sent() + " chunks");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private boolean standsStill() {
        int sent = run.sent();
        inARow = run.parkedInSend() && sent == sentBefore ? inARow + 1 : 0;
        sentBefore = sent;
        return inARow >= LOOKS_IN_A_ROW;
    }
}
