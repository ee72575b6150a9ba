package dev.tandem.routing;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Attempt;
import dev.tandem.runtime.call.CancelCause;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives an attempt up that takes too long. It has one alarm, set anew when it comes too early or
 * the answer begins, and none for a token.
 */
final class Watch implements AutoCloseable {
    private enum Phase {
        QUEUED,
        WAITING,
        GOING
    }

    private final Attempt attempt;
    private final TimeLimits limits;
    private final long begun;
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private Timing.@Nullable Alarm alarm;
    private boolean closed;
    private volatile Phase phase = Phase.QUEUED;
    private volatile long since;
    private volatile boolean sending;
    private volatile @Nullable CancelCause late;

    /**
     * @param begun when the call came to the model, by the timing's clock
     */
    Watch(Attempt attempt, TimeLimits limits, long begun, Timing timing) {
        this.attempt = attempt;
        this.limits = limits;
        this.begun = begun;
        this.timing = timing;
        set();
    }

    /** The engine begins its work. */
    void admitted() {
        since = timing.nanos();
        phase = Phase.WAITING;
        set();
    }

    /** The first token is there; tells how long it took. */
    long firstToken() {
        long now = timing.nanos();
        long took = now - since;
        since = now;
        phase = Phase.GOING;
        set();
        return took;
    }

    /** The engine's message is on its way to the reader, whose time is not the engine's. */
    void sending() {
        sending = true;
    }

    /** The reader has taken it. */
    void sent() {
        since = timing.nanos();
        sending = false;
    }

    /** Which limit passed; null while none has. */
    @Nullable CancelCause late() {
        return late;
    }

    /** What the caller is told of it. */
    ApiException error(CancelCause passed) {
        String what =
                switch (passed) {
                    case FIRST_MESSAGE ->
                            "it did not begin its answer within " + words(limits.first());
                    case MESSAGE_GAP -> "it was silent for " + words(limits.gap());
                    default -> "its answer was not complete within " + words(limits.total());
                };
        return ApiError.of(
                        EngineReasons.UPSTREAM_TIMEOUT,
                        "The model is too slow: " + what + "; try again, or ask for less.")
                .toException();
    }

    private static String words(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    private void set() {
        long left = left();
        if (left == Long.MAX_VALUE) {
            return;
        }
        lock.lock();
        try {
            if (alarm != null) {
                alarm.close();
            }
            alarm = closed ? null : timing.after(Duration.ofNanos(Math.max(0, left)), this::look);
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        if (left() > 0) {
            set();
            return;
        }
        CancelCause passed =
                totalLeft() <= 0
                        ? CancelCause.CALL_LIMIT
                        : phase == Phase.GOING
                                ? CancelCause.MESSAGE_GAP
                                : CancelCause.FIRST_MESSAGE;
        late = passed;
        attempt.giveUp(passed);
    }

    /** Nanoseconds to the next limit. */
    private long left() {
        long phaseLeft =
                switch (phase) {
                    case QUEUED -> Long.MAX_VALUE;
                    case WAITING -> leftOf(limits.first(), since);
                    case GOING -> leftOf(limits.gap(), sending ? timing.nanos() : since);
                };
        return Math.min(phaseLeft, totalLeft());
    }

    /** Nanoseconds to the end of the model's whole time. */
    long totalLeft() {
        return leftOf(limits.total(), begun);
    }

    private long leftOf(Duration limit, long from) {
        return limit.isZero() ? Long.MAX_VALUE : limit.toNanos() - (timing.nanos() - from);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (alarm != null) {
                alarm.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
