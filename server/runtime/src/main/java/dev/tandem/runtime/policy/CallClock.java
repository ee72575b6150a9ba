package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long one call lasts and its handler is silent. The handler's threads, one that reads and one
 * that sends, tell what they do; {@link #overdue} is asked by another.
 */
final class CallClock {
    private final Call call;
    private final StreamLimits limits;
    private final long begun = System.nanoTime();
    private volatile boolean working; // a handler runs
    private volatile boolean reading; // the handler waits for the client's messages
    private volatile boolean sending; // the handler waits for the client to take one
    private volatile boolean first; // the first message is still to come
    private volatile long since; // by System.nanoTime(), when the handler got its turn

    CallClock(Call call, StreamLimits limits) {
        this.call = call;
        this.limits = limits;
    }

    Call call() {
        return call;
    }

    /** The handler begins. */
    void begin() {
        since = System.nanoTime();
        first = true;
        working = true;
    }

    /** The handler has returned; what is still to be sent is the wire's. */
    void end() {
        working = false;
    }

    /** The handler's source, watched. */
    <Q> Source<Q> watching(Source<Q> source) {
        return () -> {
            reading = true;
            try {
                return source.next();
            } finally {
                since = System.nanoTime();
                reading = false;
            }
        };
    }

    /** The handler's sink, watched. */
    <R> Sink<R> watching(Sink<R> sink) {
        return message -> {
            sending = true;
            try {
                sink.send(message);
            } finally {
                since = System.nanoTime();
                first = false;
                sending = false;
            }
        };
    }

    /** Why the call must end now; null while it may go on. */
    @Nullable CancelCause overdue(long now) {
        if (exceeds(now - begun, limits.call())) {
            return CancelCause.CALL_LIMIT;
        }
        if (!working || reading || sending) {
            return null;
        }
        boolean beforeFirst = first;
        Duration limit = beforeFirst ? limits.firstMessage() : limits.messageGap();
        if (!exceeds(now - since, limit)) {
            return null;
        }
        return beforeFirst ? CancelCause.FIRST_MESSAGE : CancelCause.MESSAGE_GAP;
    }

    private static boolean exceeds(long nanos, Duration limit) {
        return !limit.isZero() && nanos >= limit.toNanos();
    }
}
