package dev.tandem.runtime.call;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks after calls whose handlers go on although their call was cancelled: first the caller is
 * answered in the handler's place, later the log names the method.
 */
final class Overruns {
    private static final Logger LOG = System.getLogger(Overruns.class.getName());

    /** What a handler that heeds its interrupt has to return and say the last word itself. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private final ScheduledExecutorService clock;
    private final Duration patience;

    /**
     * @param clock its tasks here do not block
     * @param patience how long a handler may go on before the log tells of it
     */
    Overruns(ScheduledExecutorService clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /** The call was cancelled. */
    void watch(Call call) {
        after(call, GRACE, () -> Thread.ofVirtual().name("last-word").start(call::sayLastWord));
        after(call, patience, () -> tell(call));
    }

    private void after(Call call, Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> later = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            call.onEnd(() -> later.cancel(false));
        } catch (RejectedExecutionException e) {
            // the server has stopped: nobody waits for an answer any more
        }
    }

    private void tell(Call call) {
        LOG.log(
                Level.WARNING,
                "the handler of {0} still runs {1} s after its call {2} was cancelled ({3}) and"
                        + " holds a thread; it must return when it is interrupted",
                call.head().method() == null ? call.head().path() : call.head().method(),
                patience.toSeconds(),
                call.requestId(),
                call.cancelled());
    }
}
