package dev.tandem.runtime.call;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The writing side of one answer: one thread writes at a time, and nothing follows the last word,
 * whoever says it. That is the call's own thread or, where the handler does not return after its
 * call was cancelled, a thread that answers in its place ({@link Call#lastWord}).
 *
 * <p>Who takes the turn releases it, on the same thread. Who has it may take it again.
 */
public final class Turn {
    private final ReentrantLock lock = new ReentrantLock();
    private final Call call;
    private boolean over; // guarded by the lock

    /** For the answer of this call. */
    public Turn(Call call) {
        this.call = call;
    }

    /**
     * Waits for the turn to write something that is not the last.
     *
     * @throws CancelledException when the last word was said; the turn is not taken then
     */
    public void take() {
        lock.lock();
        if (over) {
            lock.unlock();
            CancelCause cause = call.cancelled();
            throw new CancelledException(cause == null ? CancelCause.CLIENT_LEFT : cause);
        }
    }

    /** Takes the turn where nobody writes at this moment; false otherwise. */
    public boolean tryTake() {
        return lock.tryLock();
    }

    /**
     * Waits for the turn to say the last word.
     *
     * @return false when it was said; the turn is not taken then
     */
    public boolean takeLast() {
        lock.lock();
        if (over) {
            lock.unlock();
            return false;
        }
        over = true;
        return true;
    }

    /** Was the last word said, or is it being said? To be asked by who has the turn. */
    public boolean over() {
        return over;
    }

    /** Lets others write. */
    public void release() {
        lock.unlock();
    }
}
