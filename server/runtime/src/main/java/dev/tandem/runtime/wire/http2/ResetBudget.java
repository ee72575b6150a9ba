package dev.tandem.runtime.wire.http2;

import java.util.concurrent.TimeUnit;

/**
 * How many streams a client may throw away before it counts as an attack ("rapid reset").
 *
 * <p>Helidon 4.5.0 allows 50 in 10 seconds, which an ordinary client that cancels its calls
 * exceeds; its own count is switched off. On the connection's thread.
 */
final class ResetBudget {
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

    private final int most;
    private long since = System.nanoTime();
    private int count;

    ResetBudget(int most) {
        this.most = most;
    }

    void spend() {
        long now = System.nanoTime();
        if (now - since > PERIOD) {
            since = now;
            count = 0;
        }
        count++;
        if (count > most) {
            throw new ConnectionError(
                    ErrorCode.ENHANCE_YOUR_CALM, "more than " + most + " resets in 10 s");
        }
    }
}
