package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the server has waited for a client to send a request's body. It may be silent for a
 * while, and all waits together may last as long and a second for each so many bytes that came: who
 * sends a byte now and then does not hold a handler for hours. Asked by one thread; bytes are told
 * by others.
 */
final class BodyWait {
    private final long silence;
    private final int rate;
    private volatile long lastByte;
    private final AtomicLong bytes = new AtomicLong();
    private long lastLook;
    private long waited;

    /**
     * @param begin of the request, by {@link System#nanoTime()}
     */
    BodyWait(WireSettings.Patience patience, long begin) {
        silence = patience.body().toNanos();
        rate = patience.bodyRate();
        lastByte = begin;
        lastLook = begin;
    }

    /** Bytes came; on the connection's thread. */
    void came(int count) {
        bytes.addAndGet(count);
        lastByte = System.nanoTime();
    }

    /** The handler took bytes: until now it was not the client who was waited for. */
    void taken() {
        lastByte = System.nanoTime();
    }

    /**
     * Whether it is too long by now.
     *
     * @param waits whether the client is waited for at this moment
     */
    boolean overdue(long now, boolean waits) {
        long begin = Math.max(lastByte, lastLook);
        lastLook = now;
        if (!waits) {
            return false;
        }
        waited += Math.max(0, now - begin);
        return now - lastByte > silence || (rate > 0 && waited > silence + earned());
    }

    private long earned() {
        return TimeUnit.SECONDS.toNanos(1) / rate * bytes.get();
    }
}
