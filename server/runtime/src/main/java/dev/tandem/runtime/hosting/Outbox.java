package dev.tandem.runtime.hosting;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Sink;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a hosted service has sent and the client has not taken. grpc-java's services
 * send without waiting and ask whether they may send more; a thread here does the waiting. A
 * service that does not ask waits once {@value #FULL} bytes are here, so that a slow reader costs
 * no more than that.
 *
 * @param <R> the response message
 */
final class Outbox<R extends Message> {
    /** From how many bytes on the call is not ready for more, as in grpc-java. */
    static final int READY_BELOW = 32 << 10;

    /** From how many bytes on a sender waits. */
    static final int FULL = 256 << 10;

    private final Sink<R> sink;
    private final Runnable onReady;
    private final Runnable onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<R> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean askedInVain;
    private boolean ended;
    private volatile @Nullable Thread writer;
    private @Nullable RuntimeException failure;

    /**
     * @param onReady told, on the writing thread, when there is room again for one who asked
     * @param onFailure told, on the writing thread, when nothing more can be sent
     */
    Outbox(Sink<R> sink, Runnable onReady, Runnable onFailure) {
        this.sink = sink;
        this.onReady = onReady;
        this.onFailure = onFailure;
    }

    /** Whether a service should send more now. Where not, it will be told when it should. */
    boolean ready() {
        lock.lock();
        try {
            boolean room = bytes < READY_BELOW;
            askedInVain |= !room;
            return room && open();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a message; without effect when the call is over. Any thread. */
    void send(R message) {
        if (Thread.currentThread().equals(writer)) {
            makeRoom(); // called from within onReady: nobody else would
        }
        lock.lock();
        try {
            while (bytes >= FULL && open()) {
                changed.awaitUninterruptibly();
            }
            if (!open()) {
                return;
            }
            waiting.add(message);
            bytes += message.getSerializedSize();
            if (writer == null) {
                writer = Thread.ofVirtual().name("hosted-writer").start(this::write);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean open() {
        return failure == null && !ended;
    }

    private void makeRoom() {
        while (full()) {
            R next = poll();
            if (next == null) {
                return;
            }
            sink.send(next);
            sent(next);
        }
    }

    private boolean full() {
        lock.lock();
        try {
            return bytes >= FULL;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable R poll() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("IllegalCatch") // is thrown again on the call's own thread
    private void write() {
        try {
            for (R next = take(); next != null; next = take()) {
                sink.send(next);
                if (sent(next)) {
                    onReady.run();
                }
            }
        } catch (RuntimeException e) {
            lock.lock();
            try {
                failure = e;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            onFailure.run();
        }
    }

    private @Nullable R take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && open()) {
                changed.awaitUninterruptibly();
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody must be told that there is room. */
    private boolean sent(R message) {
        lock.lock();
        try {
            bytes = Math.max(0, bytes - message.getSerializedSize());
            boolean tell = askedInVain && bytes < READY_BELOW && open();
            if (tell) {
                askedInVain = false;
            }
            changed.signalAll();
            return tell;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all has been sent.
     *
     * @throws RuntimeException what the sink threw
     */
    void finish() throws InterruptedException {
        Thread running = end();
        if (running != null) {
            running.join();
        }
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is left and frees whoever waits here, without waiting itself. */
    void cut() {
        lock.lock();
        try {
            waiting.clear();
            ended = true;
            changed.signalAll();
            Thread running = writer;
            if (running != null) {
                running.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is left; the sink is not used any more when this returns. */
    void abandon() {
        cut();
        Thread running = writer;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The writer, if there is one, which ends when the rest is sent. */
    private @Nullable Thread end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            return writer;
        } finally {
            lock.unlock();
        }
    }
}
