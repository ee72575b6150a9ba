package dev.tandem.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Keeps calls away from a Redis that does not answer. The first failure opens it; then a thread of
 * its own asks twice a second, and no call does until Redis has answered that.
 */
final class Circuit {
    private static final Logger LOG = System.getLogger(Circuit.class.getName());
    private static final long ASK_MILLIS = 500;

    private final String where;
    private final ScheduledExecutorService timer;
    private final BooleanSupplier answers;
    private final AtomicBoolean open = new AtomicBoolean();

    /**
     * @param where names Redis in the log; no secret
     * @param answers asks Redis; may block for a second
     */
    Circuit(String where, ScheduledExecutorService timer, BooleanSupplier answers) {
        this.where = where;
        this.timer = timer;
        this.answers = answers;
    }

    boolean open() {
        return open.get();
    }

    /** Redis did not answer, or not in time. */
    void failed(String why) {
        if (open.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "Redis at {0} is away: {1}", where, why);
            askLater();
        }
    }

    private void askLater() {
        if (!timer.isShutdown()) {
            var _ = timer.schedule(this::ask, ASK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void ask() {
        if (answers.getAsBoolean()) {
            LOG.log(Level.INFO, "Redis at {0} is back", where);
            open.set(false);
        } else {
            askLater();
        }
    }
}
