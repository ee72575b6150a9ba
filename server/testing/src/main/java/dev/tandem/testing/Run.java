package dev.tandem.testing;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedEngine} did for one call: how far it got and when it ended. For all
 * threads. Its waits throw {@link IllegalStateException} when nothing happens for 20 s.
 */
public final class Run {
    /** How a run ended. */
    public enum End {
        /** The script was played to its end. */
        COMPLETE,
        /** It threw, in a call that went on. */
        FAILED,
        /** The call was over before the script was. */
        CANCELLED
    }

    private final ChatRequest request;
    private final Call call;
    private final Thread thread = Thread.currentThread();
    private final Patience patience = new Patience();
    private volatile int sent;
    private volatile boolean sending;
    private volatile long endedAt; // by System.nanoTime(); meaningful once end is set
    private volatile @Nullable End end;

    Run(ChatRequest request, Call call) {
        this.request = request;
        this.call = call;
    }

    /** The request as it reached the engine. */
    public ChatRequest request() {
        return request;
    }

    /** How many chunks the client's side has taken, the role's and the usage's included. */
    public int sent() {
        return sent;
    }

    /** Waits until so many chunks were taken. */
    public void awaitSent(int chunks) {
        patience.await(chunks + " chunks sent", () -> sent >= chunks);
    }

    /**
     * Waits until the engine has stood in {@code send} for a while without getting rid of anything:
     * the reader is slow. Looks at the thread, so the answer is about now.
     */
    public void awaitBlocked() {
        Blocked blocked = new Blocked(this);
        blocked.await();
    }

    boolean parkedInSend() {
        return sending && thread.getState() != Thread.State.RUNNABLE;
    }

    /** How it ended; null while it runs. */
    public @Nullable End end() {
        return end;
    }

    /** Waits until the engine's work has ended. */
    public End awaitEnd() {
        patience.await("the engine's work has ended", () -> end != null);
        End how = end;
        return how == null ? End.FAILED : how;
    }

    /** Waits until the engine's work has ended; how long after this moment of {@code nanoTime}. */
    public Duration awaitEndAfter(long nanoTime) {
        awaitEnd();
        return Duration.ofNanos(Math.max(0, endedAt - nanoTime));
    }

    /** Why the call was over for the engine; null where it was not. */
    public @Nullable CancelCause cancelled() {
        return call.cancelled();
    }

    /** The time that was left for the call when this is asked; empty where it has no limit. */
    public Optional<Duration> remaining() {
        return call.remaining();
    }

    Sink<ChatChunk> counting(Sink<ChatChunk> sink) {
        return chunk -> {
            sending = true;
            try {
                sink.send(chunk);
            } finally {
                sending = false;
            }
            int now = sent + 1; // only this thread sends
            patience.change(() -> sent = now);
        };
    }

    void ended(boolean complete) {
        endedAt = System.nanoTime();
        End how = complete ? End.COMPLETE : call.cancelled() == null ? End.FAILED : End.CANCELLED;
        patience.change(() -> end = how);
    }
}
