package dev.tandem.runtime.wire.rest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of heartbeats and stuck writes: one thread, so tasks must not block. */
public final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    /** Whoever makes it closes it. */
    public Timers() {
        executor =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("tandem-rest-timers").factory());
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Runs the task after a while, unless the server has stopped then. */
    public Future<?> after(Duration delay, Runnable task) {
        try {
            return executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null); // stopped
        }
    }

    /** As {@link #after}, for tasks that nobody takes back. */
    void later(Duration delay, Runnable task) {
        var _ = after(delay, task);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
