package dev.tandem.runtime.wire.http2;

import java.util.concurrent.locks.ReentrantLock;

/**
 * What the client lets us send on one connection, and the lock under which everything of its output
 * is done.
 */
final class SendWindow {
    final ReentrantLock lock = new ReentrantLock();

    /** Bytes of DATA that the connection takes. */
    long connection = 65_535;

    /** The client's SETTINGS_INITIAL_WINDOW_SIZE. */
    int initial = 65_535;

    /** So much of plain streams waits that Helidon is given no more room. */
    boolean plainPaused;

    /** DATA of plain streams that left since this was last asked for. */
    private long plainSent;

    private volatile long dataSent;

    /** A DATA frame of a plain stream leaves. */
    void plainLeft(int bytes) {
        plainSent += bytes;
        left(bytes);
    }

    /** A DATA frame leaves. Under the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
    void left(int bytes) {
        connection -= bytes;
        dataSent++;
    }

    /** DATA frames that left so far; without the lock. */
    long dataSent() {
        return dataSent;
    }

    long takePlainSent() {
        lock.lock();
        try {
            long sent = plainSent;
            plainSent = 0;
            return sent;
        } finally {
            lock.unlock();
        }
    }
}
