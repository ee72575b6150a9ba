package dev.tandem.llamacpp.loop;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between the computing thread, which never waits here, and the reader of one
 * generation, who does. Before it computes a further token the computing thread asks whether there
 * is room; when a full box has been half emptied it is rung.
 */
final class Outbox {
    private final int capacity;
    private final Runnable roomAgain;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private boolean ended;
    private @Nullable RuntimeException failure;

    Outbox(int capacity, Runnable roomAgain) {
        this.capacity = capacity;
        this.roomAgain = roomAgain;
    }

    /** Whether so many more pieces fit. */
    boolean hasRoomFor(int count) {
        lock.lock();
        try {
            return pieces.size() + count <= capacity;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a piece, for which there is room; nothing happens after the end. */
    void put(Piece piece) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (pieces.size() >= capacity) {
                throw new IllegalStateException("the reader's queue is full");
            }
            pieces.add(piece);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nothing follows; what is in the box can still be read, then the failure, if there is one, is
     * thrown.
     */
    void end(@Nullable RuntimeException cause) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = cause;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing follows and nobody wants to read. */
    void discard() {
        lock.lock();
        try {
            pieces.clear();
            ended = true;
            failure = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next piece, null at the end.
     *
     * @throws EngineFailure where the generation ended with one
     * @throws dev.tandem.runtime.admission.Overloaded where it lost its place in the line
     */
    @Nullable Piece take() throws InterruptedException {
        Piece piece;
        boolean halfEmpty;
        lock.lockInterruptibly();
        try {
            while (pieces.isEmpty() && !ended) {
                changed.await();
            }
            halfEmpty = pieces.size() == (capacity + 1) / 2;
            piece = pieces.poll();
            if (piece == null && failure != null) {
                throw failure instanceof EngineFailure broken ? broken.again() : failure;
            }
        } finally {
            lock.unlock();
        }
        if (halfEmpty) {
            roomAgain.run();
        }
        return piece;
    }
}
