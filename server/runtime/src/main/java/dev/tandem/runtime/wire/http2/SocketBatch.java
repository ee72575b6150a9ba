package dev.tandem.runtime.wire.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to one socket. They gather in a buffer while a thread of its own writes the
 * one before, so many small frames share one system call. Everything but the write itself is done
 * under the send lock, which callers hold.
 */
final class SocketBatch {
    private static final int INITIAL = 4096;
    private static final int KEEP = 64 * 1024;
    private static final Duration LAST_WRITE = Duration.ofSeconds(1);

    private final ReentrantLock lock;
    private final HelidonSocket socket;
    private final Runnable onChange;
    private final Condition work;
    private byte[] buffer = new byte[INITIAL];
    private byte[] spare = new byte[INITIAL];
    private int size;
    private boolean closed;
    private @Nullable Thread writer;
    private volatile long writingSince;
    private volatile @Nullable ServerConnectionException failure;

    /**
     * A batch for one socket.
     *
     * @param onChange run under the lock when the buffer became empty and when the socket failed
     */
    SocketBatch(ReentrantLock lock, HelidonSocket socket, Runnable onChange) {
        this.lock = lock;
        this.socket = socket;
        this.onChange = onChange;
        work = lock.newCondition();
    }

    void append(byte[] frame) {
        room(frame.length);
        System.arraycopy(frame, 0, buffer, size, frame.length);
        size += frame.length;
        start();
    }

    void appendData(int streamId, byte[] bytes, int offset, int length, boolean end) {
        room(Frames.HEADER + length);
        Frames.putHeader(buffer, size, length, Frames.DATA, end ? Frames.END_STREAM : 0, streamId);
        System.arraycopy(bytes, offset, buffer, size + Frames.HEADER, length);
        size += Frames.HEADER + length;
        start();
    }

    /** Bytes that wait; those being written do not count. */
    int size() {
        return size;
    }

    boolean idle() {
        lock.lock();
        try {
            return size == 0 && writingSince == 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * When the write in progress began, in {@link System#nanoTime()}; 0 when there is none. Without
     * the lock.
     */
    long writingSince() {
        return writingSince;
    }

    /** Why nothing can be sent any more; null while all is well. Without the lock. */
    @Nullable ServerConnectionException failure() {
        return failure;
    }

    private void room(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    private void start() {
        if (writer == null) {
            writer = Thread.ofVirtual().name("http2-writer").start(this::writeAll);
        }
        work.signal();
    }

    @SuppressWarnings("IllegalCatch") // whatever ends this thread, the senders must learn of it
    private void writeAll() {
        int length;
        while ((length = next()) > 0) {
            try {
                socket.write(BufferData.create(spare, 0, length));
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
        }
    }

    /** Waits for frames and puts them into the spare buffer; 0 when closed. */
    private int next() {
        lock.lock();
        try {
            writingSince = 0;
            while (size == 0 && !closed) {
                shrink();
                work.awaitUninterruptibly();
            }
            byte[] full = buffer;
            buffer = spare;
            spare = full;
            int length = size;
            size = 0;
            if (length > 0) {
                writingSince = System.nanoTime() | 1;
                onChange.run();
            }
            return length;
        } finally {
            lock.unlock();
        }
    }

    private void shrink() {
        if (buffer.length > KEEP) {
            buffer = new byte[INITIAL];
        }
        if (spare.length > KEEP) {
            spare = new byte[INITIAL];
        }
    }

    /** Nothing more will leave: wakes everybody who waits for the socket. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = new ServerConnectionException("nothing more can be sent", cause);
            }
            closed = true;
            size = 0;
            work.signal();
            onChange.run();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, for a second at most, then lets senders fail. */
    void close() {
        Thread last;
        lock.lock();
        try {
            closed = true;
            last = writer;
            work.signal();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            try {
                last.join(LAST_WRITE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        fail(new IOException("connection closed"));
    }
}
