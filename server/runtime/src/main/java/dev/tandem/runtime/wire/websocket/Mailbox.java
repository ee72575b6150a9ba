package dev.tandem.runtime.wire.websocket;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way from the thread that reads them to the handler. Where there are enough, the
 * reading thread waits, and with it, at last, the client.
 */
final class Mailbox {
    /** Bytes that may wait; the message that goes beyond is the last. */
    private static final int ROOM = 64 * 1024;

    /** What a message costs beside its bytes. */
    private static final int OVERHEAD = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Incoming.Data> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean ended;
    private boolean closed;

    /** Adds a message, when there is room; it is dropped where nobody takes it any more. */
    void put(Incoming.Data message) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && waitingBytes >= ROOM) {
                changed.await();
            }
            if (!closed) {
                waiting.add(message);
                waitingBytes += OVERHEAD + message.bytes().length;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The client has sent its last message. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody takes, or there is nobody who could send. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next message; null behind the last.
     *
     * @throws CancelledException where it is closed
     */
    Incoming.@Nullable Data take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !ended && waiting.isEmpty()) {
                changed.await();
            }
            if (closed) {
                throw new CancelledException(CancelCause.CLIENT_LEFT);
            }
            Incoming.Data next = waiting.poll();
            if (next != null) {
                waitingBytes -= OVERHEAD + next.bytes().length;
                changed.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
