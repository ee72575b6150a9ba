package dev.tandem.runtime.wire.http2;

import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream that arrived and were not taken yet; never more than the window we
 * advertised.
 *
 * <p>They lie in one array, not in a list of chunks: a client that sends one byte a frame must not
 * cost an object a byte.
 */
final class Inbox {
    /** Bytes handed out at once at most, so that the client's window follows the handler. */
    static final int CHUNK = 32 * 1024;

    private static final byte[] EMPTY = new byte[0];
    private static final int KEEP = 16 * 1024;

    private final int window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] bytes = EMPTY;
    private int head;
    private int tail;
    private int receiveWindow;
    private int unacknowledged;
    private int handedOn;
    private boolean ended;
    private boolean closed;

    Inbox(int window) {
        this.window = window;
        receiveWindow = window;
    }

    /**
     * Adds a frame's payload.
     *
     * @param flowBytes what counts for flow control: the payload and its padding
     * @return the bytes kept: all, or none because nobody will take them; -1 when the client sent
     *     more than we advertised
     */
    int offer(byte[] payload, int flowBytes, boolean end) {
        lock.lock();
        try {
            receiveWindow -= flowBytes;
            if (receiveWindow < 0) {
                return -1;
            }
            if (closed) {
                return 0;
            }
            unacknowledged += flowBytes - payload.length; // nobody takes padding
            makeRoom(payload.length);
            System.arraycopy(payload, 0, bytes, tail, payload.length);
            tail += payload.length;
            ended |= end;
            changed.signalAll();
            return payload.length;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(int more) {
        if (tail + more <= bytes.length) {
            return;
        }
        int have = tail - head;
        byte[] target = bytes;
        if (have + more > bytes.length) {
            target = new byte[Math.max(have + more, Math.min(bytes.length * 2, window))];
        }
        System.arraycopy(bytes, head, target, 0, have);
        bytes = target;
        head = 0;
        tail = have;
    }

    /** Waits for bytes; an empty array at the client's end, null once closed. */
    byte @Nullable [] take() throws InterruptedException {
        lock.lock();
        try {
            while (head == tail && !ended && !closed) {
                changed.await();
            }
            if (closed) {
                return null;
            }
            byte[] next = Arrays.copyOfRange(bytes, head, Math.min(tail, head + CHUNK));
            head += next.length;
            unacknowledged += next.length;
            shrink();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next bytes without waiting, for somebody who says later that they were {@link #consumed};
     * an empty array when there are none.
     *
     * @param most bytes to hand out
     */
    byte[] poll(int most) {
        lock.lock();
        try {
            byte[] next = Arrays.copyOfRange(bytes, head, Math.min(tail, head + most));
            head += next.length;
            handedOn += next.length;
            shrink();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Polled bytes were taken by the handler. Returns how many of them were still counted. */
    int consumed(int count) {
        lock.lock();
        try {
            if (closed) {
                return 0;
            }
            handedOn -= count;
            unacknowledged += count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no bytes are left to take or to poll. */
    boolean isEmpty() {
        lock.lock();
        try {
            return head == tail;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the client's side has ended and all of it was taken or polled. */
    boolean drained() {
        lock.lock();
        try {
            return ended && head == tail;
        } finally {
            lock.unlock();
        }
    }

    private void shrink() {
        if (head == tail) {
            head = 0;
            tail = 0;
            if (bytes.length > KEEP) {
                bytes = EMPTY;
            }
        }
    }

    /**
     * The room to give the client for what was taken; 0 when it is not worth a frame. It is given
     * when the handler's thread takes the bytes, not when they arrive: that is what holds the
     * client back.
     */
    int windowUpdate() {
        lock.lock();
        try {
            if (ended || closed || unacknowledged < window / 2) {
                return 0;
            }
            int give = unacknowledged;
            unacknowledged = 0;
            receiveWindow += give;
            return give;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nothing will be taken any more; wakes the taker. Returns the bytes that were dropped, or
     * polled and not consumed.
     */
    int close() {
        lock.lock();
        try {
            int dropped = tail - head + handedOn;
            closed = true;
            handedOn = 0;
            bytes = EMPTY;
            head = 0;
            tail = 0;
            changed.signalAll();
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
