package dev.tandem.runtime.wire.http2;

import java.util.concurrent.locks.Condition;

/**
 * A stream that our handler answers. Helidon gives it a thread and encodes its headers, nothing
 * else.
 */
final class Owned extends TrackedStream {
    final RequestHead head;
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

    Owned(RequestHead head, int streamId, Inbox inbox, SendWindow window) {
        super(streamId);
        this.head = head;
        this.inbox = inbox;
        canSend = window.lock.newCondition();
    }

    @Override
    boolean settled() {
        return handlerDone;
    }
}
