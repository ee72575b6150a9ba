package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.call.ApiError;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A stream that our handler answers. Helidon gives it a thread and encodes its headers, nothing
 * else.
 */
final class Owned extends TrackedStream {
    final RequestHead head;

    /** Why it is refused; null where it is not. */
    final @Nullable ApiError refusal;

    final Inbox inbox;
    volatile boolean handlerDone;
    volatile boolean sendAborted;

    // ---- guarded by the connection's send lock
    /** Signalled when something changed for this stream's sender. */
    final Condition canSend;

    /**
     * Bytes the client takes on this stream; negative after the client lowered its initial window.
     */
    long sendWindow;

    /** Whether the sender waits for the connection's turn, and whether it has been given it. */
    boolean inLine;

    boolean hasTurn;

    /** Since when the sender waits, by {@link System#nanoTime()}; 0 while it does not. */
    long waitsSince;

    /** Whether it has waited for too long. */
    boolean stalled;

    Owned(
            int streamId,
            RequestHead head,
            @Nullable ApiError refusal,
            Inbox inbox,
            SendWindow window) {
        super(streamId);
        this.head = head;
        this.refusal = refusal;
        this.inbox = inbox;
        canSend = window.lock.newCondition();
    }

    @Override
    boolean settled() {
        return handlerDone;
    }

    @Override
    boolean handlerEnded() {
        return handlerDone;
    }

    @Override
    Inbox inbox() {
        return inbox;
    }
}
