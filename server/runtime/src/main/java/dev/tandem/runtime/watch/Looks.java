package dev.tandem.runtime.watch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks at something again and again, on a thread of its own that keeps no program alive. To look
 * is surer than to be told: folders that are mounted, links that are turned and files that are
 * moved into place all show what stands in them now.
 */
public final class Looks implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Looks.class.getName());

    private final ScheduledThreadPoolExecutor thread;

    private Looks(ScheduledThreadPoolExecutor thread) {
        this.thread = thread;
    }

    /**
     * Begins to look.
     *
     * @param every from the end of a look to the next
     * @param name of the thread
     * @param look what it throws is logged, and does not keep the next look away
     */
    public static Looks every(Duration every, String name, Runnable look) {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name(name).factory());
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> guarded(name, look),
                        every.toMillis(),
                        every.toMillis(),
                        TimeUnit.MILLISECONDS);
        return new Looks(thread);
    }

    @SuppressWarnings("IllegalCatch") // or the next look would not come
    private static void guarded(String name, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, name + ": the look failed", e);
        }
    }

    /** Looks no more; a look in progress is interrupted. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
