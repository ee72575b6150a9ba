package dev.tandem.runtime.wire.http2;

import java.util.concurrent.TimeUnit;

/**
 * How many streams a client may waste before it counts as an attack: "rapid reset", and "made you
 * reset", where the client sends what forces us to.
 *
 * <p>The limit of concurrent streams bounds the work of a client, unless it frees its places faster
 * than answers come. So a cancelled stream is wasted when it was cancelled both before anything of
 * its answer had left and within {@link #OCCUPIED} of its beginning. A client that reads its first
 * message and cancels then, or that waits for its deadline, wastes nothing however often it does.
 *
 * <p>Helidon 4.5.0 allows 50 cancels in 10 seconds, which an ordinary client exceeds; its own count
 * is switched off. On the connection's thread.
 */
final class ResetBudget {
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

    /** A stream that old has held its place: the limit of concurrent streams bounds such ones. */
    private static final long OCCUPIED = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private long since = System.nanoTime();
    private int count;

    ResetBudget(int most) {
        this.most = most;
    }

    /** The client cancels a stream in progress. */
    void cancelled(TrackedStream stream) {
        if (!stream.answered && System.nanoTime() - stream.since < OCCUPIED) {
            spend();
        }
    }

    /** We reset or refuse a stream for what the client sent. */
    void spend() {
        long now = System.nanoTime();
        if (now - since > PERIOD) {
            since = now;
            count = 0;
        }
        count++;
        if (count > most) {
            throw new ConnectionError(
                    ErrorCode.ENHANCE_YOUR_CALM, "more than " + most + " wasted streams in 10 s");
        }
    }
}
