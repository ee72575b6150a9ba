package dev.tandem.testing;

import dev.tandem.runtime.call.CancelCause;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** What a test says of a handler. Each sentence waits until the handler has ended. */
public final class HandlingAssert extends AbstractAssert<HandlingAssert, Handling> {
    HandlingAssert(Handling handling) {
        super(handling, HandlingAssert.class);
    }

    /** Did it return? */
    public HandlingAssert returned() {
        return ended(Handling.End.RETURNED);
    }

    /** Did it throw, in a call that went on? */
    public HandlingAssert failed() {
        return ended(Handling.End.FAILED);
    }

    /** Did it end because the call was over, for this cause? */
    public HandlingAssert wasCancelled(CancelCause cause) {
        ended(Handling.End.CANCELLED);
        if (actual.cancelled() != cause) {
            throw failure("expected %s as the cause, not %s", cause, actual.cancelled());
        }
        return this;
    }

    /**
     * Did it end no later than this after a moment, as {@link OpenCall#leave()} returns it?
     *
     * @param nanoTime by {@code System.nanoTime()}
     */
    public HandlingAssert endedWithin(Duration limit, long nanoTime) {
        Duration took = actual.awaitEndAfter(nanoTime);
        if (took.compareTo(limit) > 0) {
            throw failure("expected the handler's end within %s, but it took %s", limit, took);
        }
        return this;
    }

    private HandlingAssert ended(Handling.End how) {
        Handling.End end = actual.awaitEnd();
        if (end != how) {
            throw failure("expected %s as the handler's end, not %s", how, end);
        }
        return this;
    }
}
