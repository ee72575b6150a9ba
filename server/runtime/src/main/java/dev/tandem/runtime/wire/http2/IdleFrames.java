package dev.tandem.runtime.wire.http2;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts a client's frames that bring nothing (PING, SETTINGS, empty DATA and the like) against the
 * work that is done for it. An ordinary client sends them in proportion to that work: a
 * WINDOW_UPDATE or two for each DATA frame it got, a PING to measure each burst. A debt grows with
 * each such frame, shrinks with time and with work, and ends the connection when it is too high. On
 * the connection's thread.
 */
final class IdleFrames {
    /** What SETTINGS costs: it is applied to every stream, and answered. */
    static final int SETTINGS = 10;

    private static final int FOR_DATA_SENT = 4;
    private static final int FOR_STREAM = 10;
    private static final double PERIOD = TimeUnit.SECONDS.toNanos(10);

    private final int most;
    private final LongSupplier dataSent;
    private long credited;
    private long debt;
    private long since = System.nanoTime();

    /**
     * A count of one connection.
     *
     * @param most the debt allowed, which is also what time forgives in 10 seconds
     * @param dataSent DATA frames sent so far; from any thread
     */
    IdleFrames(int most, LongSupplier dataSent) {
        this.most = most;
        this.dataSent = dataSent;
    }

    void streamBegan() {
        debt -= FOR_STREAM;
    }

    void spend(int cost) {
        debt += cost;
        if (debt > most) {
            settle();
            if (debt > most) {
                throw new ConnectionError(
                        ErrorCode.ENHANCE_YOUR_CALM, "a flood of frames without content");
            }
        }
    }

    private void settle() {
        long sent = dataSent.getAsLong();
        debt -= FOR_DATA_SENT * (sent - credited);
        credited = sent;
        long now = System.nanoTime();
        long forgiven = (long) (most * Math.min(1, (now - since) / PERIOD));
        if (forgiven > 0) {
            since = now;
            debt -= Math.min(forgiven, Math.max(debt, 0));
        }
    }
}
