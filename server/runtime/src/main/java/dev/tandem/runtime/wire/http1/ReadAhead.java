package dev.tandem.runtime.wire.http1;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that arrive on one HTTP/1.1 connection, read ahead of the parser while a call is long.
 *
 * <p>Helidon 4.5.0 reads the socket only when its parser wants bytes, so nobody sees the client
 * leave in the middle of a call. A short call costs nothing here: the parser's thread reads the
 * socket directly. While a call has lasted longer than {@link #WATCH_AFTER_NANOS} a virtual thread
 * reads, to meet the end of the input; what else it reads (a pipelined request, the rest of a body)
 * is kept for the parser in order. Not seen is a client that leaves behind more unread body than
 * {@link #LIMIT}. To be deleted when Helidon tells a handler that the connection ended.
 *
 * <p>With {@code useNio(false)} a read timeout of the socket would look like its end; NIO is
 * Helidon's default.
 */
final class ReadAhead implements Supplier<byte @Nullable []> {
    /** Age at which a call is worth a reader of its own, in nanoseconds. */
    static final long WATCH_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Bytes kept at most, give or take one read of the socket (8 KiB). */
    static final int LIMIT = 64 * 1024;

    private final HelidonSocket socket;
    private final DataReader identified;
    private final Runnable onEnd;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
    private int keptBytes;
    private boolean parserReads;
    private boolean aheadReads;
    private boolean ended;
    private @Nullable RuntimeException failure;

    private volatile boolean watched;
    private volatile long watchedSince;

    /**
     * Reads ahead of one connection.
     *
     * @param identified Helidon's reader, which holds the bytes that told the protocol
     * @param onEnd run when the input ended during a call; must not block
     */
    ReadAhead(HelidonSocket socket, DataReader identified, Runnable onEnd) {
        this.socket = socket;
        this.identified = identified;
        this.onEnd = onEnd;
    }

    /** A call began. */
    void watch() {
        watchedSince = System.nanoTime();
        watched = true;
    }

    /** The call is over; a read in progress delivers what comes next and ends. */
    void unwatch() {
        watched = false;
    }

    /** Starts to read ahead when the call is old enough. Called by the sweep. */
    void sweep(long now) {
        if (!watched || now - watchedSince < WATCH_AFTER_NANOS) {
            return;
        }
        lock.lock();
        try {
            if (watched && !parserReads && !aheadReads && !over() && keptBytes < LIMIT) {
                aheadReads = true;
                Thread.ofVirtual().name("http1-read-ahead").start(this::readAhead);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The parser's next bytes; null at the end of the input. */
    @Override
    public byte @Nullable [] get() {
        lock.lock();
        try {
            while (true) {
                if (identified.available() > 0) {
                    return identified.readBuffer().readBytes();
                }
                byte[] next = kept.poll();
                if (next != null) {
                    keptBytes -= next.length;
                    return next;
                }
                if (failure != null) {
                    throw failure;
                }
                if (ended) {
                    return null;
                }
                if (!aheadReads) {
                    parserReads = true;
                    break;
                }
                changed.await();
            }
        } catch (InterruptedException e) {
            // Helidon's idle timeout or stop(): to the parser the same as an interrupted read
            Thread.currentThread().interrupt();
            throw new ServerConnectionException("interrupted while waiting for the client", e);
        } finally {
            lock.unlock();
        }
        return readForParser();
    }

    /** Is something kept that the parser has not taken? */
    boolean holds() {
        lock.lock();
        try {
            return keptBytes > 0;
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] readForParser() {
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw socketFailed(e);
        } finally {
            parserHasRead();
        }
    }

    private void parserHasRead() {
        lock.lock();
        try {
            parserReads = false;
        } finally {
            lock.unlock();
        }
    }

    private void readAhead() {
        boolean more = true;
        while (more) {
            byte[] bytes = null;
            RuntimeException failed = null;
            try {
                bytes = socket.get();
            } catch (UncheckedIOException | IllegalStateException e) {
                failed = socketFailed(e);
            }
            more = keep(bytes, failed);
            if (bytes == null) {
                onEnd.run();
            }
        }
    }

    /** Returns whether to read on. */
    private boolean keep(byte @Nullable [] bytes, @Nullable RuntimeException failed) {
        lock.lock();
        try {
            failure = failed;
            ended = bytes == null;
            if (bytes != null) {
                kept.add(bytes);
                keptBytes += bytes.length;
            }
            aheadReads = bytes != null && watched && keptBytes < LIMIT;
            changed.signalAll();
            return aheadReads;
        } finally {
            lock.unlock();
        }
    }

    private boolean over() {
        return ended || failure != null;
    }

    private static ServerConnectionException socketFailed(RuntimeException cause) {
        return new ServerConnectionException("the client's socket failed", cause);
    }
}
