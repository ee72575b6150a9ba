package dev.tandem.llamacpp.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Requests that have no slots yet, first come first served. A request for several choices is served
 * when so many slots are free, and nobody overtakes it.
 */
final class WaitingLine {
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Generation> line = new ArrayDeque<>();
    private int freeSlots;
    private @Nullable EngineFailure closed;

    WaitingLine(int limit, int slots) {
        this.limit = limit;
        this.freeSlots = slots;
    }

    /**
     * Joins the line.
     *
     * @throws QueueFull where it would have to wait and as many wait already
     * @throws EngineFailure where the model is closed
     */
    void join(Generation generation) {
        lock.lock();
        try {
            if (closed != null) {
                throw closed.again();
            }
            int left = freeSlots;
            int waiting = 0;
            for (Generation before : line) {
                left -= before.request().choices();
                waiting += left < 0 ? 1 : 0;
            }
            if (left < generation.request().choices() && waiting >= limit) {
                throw new QueueFull(waiting);
            }
            line.add(generation);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The first in the line, if there are slots for it; they are then no longer free. Cancelled
     * ones leave the line.
     */
    @Nullable Generation serve() {
        lock.lock();
        try {
            line.removeIf(Generation::isCancelled);
            Generation first = line.peek();
            if (first == null || first.request().choices() > freeSlots) {
                return null;
            }
            freeSlots -= first.request().choices();
            return line.remove();
        } finally {
            lock.unlock();
        }
    }

    /** A slot is free again. */
    void slotFreed() {
        lock.lock();
        try {
            freeSlots++;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses whoever comes from now on. Returns those who waited. */
    List<Generation> close(EngineFailure reason) {
        lock.lock();
        try {
            closed = closed == null ? reason : closed;
            List<Generation> left = new ArrayList<>(line);
            line.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
