package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.connection.OwnedStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a cancelled call may still say, where its status is part of the body. Cancelling wakes the
 * call's thread before its listeners are told, so sending may be aborted when the last words have
 * begun: then it is not.
 */
public final class LastWords {
    /** How long a client that does not read is waited for. */
    private static final long GRACE_SECONDS = 1;

    private final OwnedStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean begun;

    /** Of the call on this stream. */
    public LastWords(OwnedStream stream) {
        this.stream = stream;
    }

    /** The call was cancelled: nothing but last words can be sent. From any thread. */
    public void abortSend() {
        lock.lock();
        try {
            if (!begun) {
                stream.abortSend();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets a cancelled call send its error to a client that is still there. */
    public void begin(Call call) {
        lock.lock();
        try {
            begun = true;
            CancelCause cause = call.cancelled();
            if (cause != null && cause != CancelCause.CLIENT_LEFT) {
                stream.resumeSend();
                CompletableFuture.delayedExecutor(
                                GRACE_SECONDS, TimeUnit.SECONDS, Thread::startVirtualThread)
                        .execute(stream::abortSend);
            }
        } finally {
            lock.unlock();
        }
    }
}
