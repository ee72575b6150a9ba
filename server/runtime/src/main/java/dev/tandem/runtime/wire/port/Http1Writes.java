package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.connection.StreamGoneException.Reason;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one call over HTTP/1.1. One that hangs because the client does not read can be
 * broken off only by interrupting its thread, which closes the connection.
 */
final class Http1Writes {
    /** How long a write may go on after it was to end. */
    private static final long GRACE_MILLIS = 250;

    /** Something that writes. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private @Nullable Thread writer;
    private long count;

    /**
     * Writes, on the calling thread.
     *
     * @throws StreamGoneException when the client is gone, or the write was broken off
     */
    void run(Step step) {
        begin();
        try {
            step.run();
        } catch (IOException
                | UncheckedIOException
                | SocketWriterException
                | CloseConnectionException e) {
            throw new StreamGoneException(Reason.CONNECTION_ENDED);
        } finally {
            end();
        }
    }

    private void begin() {
        lock.lock();
        try {
            writer = Thread.currentThread();
            count++;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            writer = null;
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets a write that is going on end soon. From any thread; does not block. */
    void breakOff() {
        lock.lock();
        try {
            if (writer != null) {
                long one = count;
                Thread.ofVirtual().name("http1-write-limit").start(() -> breakOff(one));
            }
        } finally {
            lock.unlock();
        }
    }

    private void breakOff(long one) {
        long left = TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        lock.lock();
        try {
            while (writer != null && count == one && left > 0) {
                left = done.awaitNanos(left);
            }
            if (writer != null && count == one) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; the write goes on
        } finally {
            lock.unlock();
        }
    }
}
