package dev.tandem.upstream.http;

import dev.tandem.upstream.http.UpstreamException.Fault;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends one exchange at any time, from before its connection stands until it is closed: run by those
 * who cancel calls, and by the clock. Never waits. For all threads.
 */
public final class Abort implements Runnable {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection current;
    private boolean over;
    private volatile boolean late;

    /** The exchange uses this connection from now on. */
    void guard(Connection connection) throws UpstreamException {
        lock.lock();
        try {
            current = connection;
            if (over) {
                connection.abort();
                throw new UpstreamException(Fault.CUT_OFF, "the exchange was given up");
            }
        } finally {
            lock.unlock();
        }
    }

    /** The exchange uses no connection any more. */
    void release() {
        lock.lock();
        try {
            current = null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the exchange; whoever waits for it gets an {@code IOException}. */
    @Override
    public void run() {
        lock.lock();
        try {
            over = true;
            if (current != null) {
                current.abort();
            }
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #run}, because the time is up. */
    void runLate() {
        late = true;
        run();
    }

    /** Was it the clock? */
    boolean late() {
        return late;
    }
}
