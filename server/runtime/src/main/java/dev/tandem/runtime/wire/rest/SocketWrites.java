package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one call. A write that fails means that the client left, or was given up because it
 * took nothing. A write that hangs because the client does not read is broken off some time after
 * the call was cancelled: its thread is interrupted, which over HTTP/1.1 closes the connection;
 * there is no other way out of it.
 */
public final class SocketWrites {
    /** How long a write may go on after the call was cancelled. */
    private static final Duration GRACE = Duration.ofMillis(250);

    /** Something that writes. */
    @FunctionalInterface
    public interface Step {
        /** Writes. */
        void run() throws IOException;
    }

    private final Call call;
    private final Supplier<CancelCause> whyGone;
    private final Timers timers;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread writer;
    private long since; // by System.nanoTime(), when the writer began
    private boolean ended;

    /**
     * @param whyGone asked once a write has failed
     */
    public SocketWrites(Call call, Supplier<CancelCause> whyGone, Timers timers) {
        this.call = call;
        this.whyGone = whyGone;
        this.timers = timers;
        call.onCancel(() -> timers.later(GRACE, this::breakOff));
        call.onEnd(this::end);
    }

    /**
     * Writes, on the calling thread.
     *
     * @throws CancelledException when the client is gone; the call is cancelled then
     */
    public void run(Step step) {
        begin();
        try {
            step.run();
        } catch (IOException
                | UncheckedIOException
                | SocketWriterException
                | CloseConnectionException
                | Http2Exception e) {
            CancelCause cause = stalled(e) ? CancelCause.STALLED : whyGone.get();
            call.cancel(cause);
            throw new CancelledException(cause);
        } finally {
            done();
        }
    }

    /** Whether Helidon has waited for the window of an HTTP/2 stream as long as it may. */
    private static boolean stalled(Throwable thrown) {
        Throwable cause = thrown instanceof CloseConnectionException ? thrown.getCause() : thrown;
        return cause instanceof Http2Exception limit && limit.code() == Http2ErrorCode.FLOW_CONTROL;
    }

    private void begin() {
        lock.lock();
        try {
            writer = Thread.currentThread();
            since = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void done() {
        lock.lock();
        try {
            writer = null;
        } finally {
            lock.unlock();
        }
    }

    private void breakOff() {
        lock.lock();
        try {
            if (writer != null && System.nanoTime() - since >= GRACE.toNanos()) {
                writer.interrupt();
            }
            if (!ended) {
                timers.later(GRACE, this::breakOff);
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
    }
}
