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

    /** DATA of plain streams that left since this was last asked for. */
    private long plainSent;

    void plainLeft(int bytes) {
        connection -= bytes;
        plainSent += bytes;
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
