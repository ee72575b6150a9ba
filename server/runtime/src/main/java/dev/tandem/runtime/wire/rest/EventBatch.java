package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.CancelledException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream on their way to its socket. An event that comes alone is written at
 * once, by the thread that sends it. Where events come faster than that pays for a system call
 * each, a thread of the batch's own writes while the next gather, and takes all that have gathered
 * in one write. Nothing waits for a later event or for a time, unless its sender has more at hand
 * and says so: then the sender's thread writes what it kept.
 */
final class EventBatch {
    /** An event that comes so soon after the last write is one of many, in nanoseconds. */
    private static final long BURST = TimeUnit.MICROSECONDS.toNanos(20);

    /** Bytes that may gather before the sender waits. */
    static final int LIMIT = 16 * 1024;

    private static final byte[] NOTHING = {};

    private final SocketWrites writes;
    private final OutputStream stream;

    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private byte[] gathered = NOTHING;
    private byte[] spare = NOTHING; // the writer's while it writes
    private int size;
    private boolean writing;
    private long lastWrite = System.nanoTime() - BURST;
    private volatile @Nullable RuntimeException failure;

    /**
     * @param stream flushed after each write
     */
    EventBatch(SocketWrites writes, OutputStream stream) {
        this.writes = writes;
        this.stream = stream;
    }

    /**
     * Sends an event; nothing is kept of the array. It may still be on its way when this returns.
     *
     * @throws CancelledException when the client is gone
     */
    void send(byte[] event, int length) {
        if (keeps()) {
            keep(event, length);
            leave();
            return;
        }
        lock.lock();
        try {
            awaitRoom();
            if (writing || System.nanoTime() - lastWrite < BURST) {
                gather(event, length);
                return;
            }
            writing = true;
            gathered = NOTHING;
            spare = NOTHING;
        } finally {
            lock.unlock();
        }
        writeOn(event, length);
        requireOpen();
    }

    /**
     * Keeps an event until {@link #leave}, the next that is sent, or the end, or until much has
     * gathered.
     *
     * @throws CancelledException when the client is gone
     */
    void keep(byte[] event, int length) {
        boolean full;
        lock.lock();
        try {
            awaitRoom();
            append(event, length);
            full = size >= LIMIT;
        } finally {
            lock.unlock();
        }
        if (full) {
            leave();
        }
    }

    /**
     * Writes what was kept, on the calling thread.
     *
     * @throws CancelledException when the client is gone
     */
    void leave() {
        lock.lock();
        try {
            if (size == 0 || writing) {
                return;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        writeOn(NOTHING, 0);
        requireOpen();
    }

    private boolean keeps() {
        lock.lock();
        try {
            return size > 0 && !writing;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all has left.
     *
     * @throws CancelledException when the client is gone
     */
    void finish() {
        leave();
        lock.lock();
        try {
            while (writing) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        requireOpen();
    }

    private void awaitRoom() {
        while (size >= LIMIT && writing) {
            changed.awaitUninterruptibly();
        }
        requireOpen();
    }

    private void requireOpen() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void append(byte[] event, int length) {
        if (size + length > gathered.length) {
            gathered = Arrays.copyOf(gathered, Math.max(2 * gathered.length, size + length));
        }
        System.arraycopy(event, 0, gathered, size, length);
        size += length;
    }

    private void gather(byte[] event, int length) {
        append(event, length);
        if (!writing) {
            writing = true;
            Thread.ofVirtual().name("event-writer").start(() -> writeOn(NOTHING, 0));
        }
    }

    /** Writes these bytes and then what has gathered, until nothing has. */
    @SuppressWarnings("IllegalCatch") // whatever ends the writing, the sender must learn of it
    private void writeOn(byte[] first, int length) {
        try {
            if (length > 0) {
                write(first, length);
            }
            for (int count = next(); count > 0; count = next()) {
                write(spare, count);
            }
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(new IllegalStateException("events cannot be written", e));
            throw e;
        }
    }

    /** Makes what has gathered the spare array's, and tells its size; 0 ends the writing. */
    private int next() {
        lock.lock();
        try {
            int count = size;
            byte[] full = gathered;
            gathered = spare;
            spare = full;
            size = 0;
            if (count == 0) {
                writing = false;
                lastWrite = System.nanoTime();
            }
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] bytes, int count) {
        writes.run(() -> {
            stream.write(bytes, 0, count);
            stream.flush();
        });
    }

    private void fail(RuntimeException cause) {
        lock.lock();
        try {
            failure = cause;
            writing = false;
            size = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
