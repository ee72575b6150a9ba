package dev.tandem.testing;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a handler did for one call, seen from the server's side: whether it runs, how it ended. For
 * all threads. Its waits throw {@link IllegalStateException} when nothing happens for 20 s.
 */
public final class Handling implements AssertProvider<HandlingAssert> {
    /** How a handler ended. */
    public enum End {
        /** It returned. */
        RETURNED,
        /** It threw, in a call that went on. */
        FAILED,
        /** The call was over before the handler was. */
        CANCELLED
    }

    private final Call call;
    private final Patience patience = new Patience();
    private volatile long endedAt; // by System.nanoTime(); meaningful once end is set
    private volatile @Nullable End end;

    Handling(Call call) {
        this.call = call;
    }

    void ended(boolean returned) {
        endedAt = System.nanoTime();
        End how = returned ? End.RETURNED : call.cancelled() == null ? End.FAILED : End.CANCELLED;
        patience.change(() -> end = how);
    }

    /** How it ended; null while it runs. */
    public @Nullable End end() {
        return end;
    }

    /** Waits until the handler has ended. */
    public End awaitEnd() {
        patience.await("the handler has ended", () -> end != null);
        End how = end;
        return how == null ? End.FAILED : how;
    }

    /** Waits until the handler has ended; how long after this moment of {@code nanoTime}. */
    public Duration awaitEndAfter(long nanoTime) {
        awaitEnd();
        return Duration.ofNanos(Math.max(0, endedAt - nanoTime));
    }

    /** Why the call was over for the handler; null where it was not. */
    public @Nullable CancelCause cancelled() {
        return call.cancelled();
    }

    /** The time that is left for the call; empty where it has no limit. */
    public Optional<Duration> remaining() {
        return call.remaining();
    }

    /** The call's id. */
    public String requestId() {
        return call.requestId();
    }

    /** For AssertJ: {@code assertThat(handling).wasCancelled(CLIENT_LEFT)}. */
    @Override
    public HandlingAssert assertThat() {
        return new HandlingAssert(this);
    }
}
