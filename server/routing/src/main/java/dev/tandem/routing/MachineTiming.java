package dev.tandem.routing;

import dev.tandem.runtime.call.Call;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of this machine, with one thread for all alarms, which it does not keep busy. */
public final class MachineTiming implements Timing, AutoCloseable {
    private final ScheduledThreadPoolExecutor alarms =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("tandem-routing").factory());

    /** Begins its thread with the first alarm. */
    public MachineTiming() {
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Alarm after(Duration wait, Runnable action) {
        ScheduledFuture<?> future =
                alarms.schedule(
                        () -> Thread.ofVirtual().name("routing-alarm").start(action),
                        wait.toNanos(),
                        TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void pause(Duration wait, Call call) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (Call.Registration _ = call.onCancel(over::countDown)) {
            boolean _ = over.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
        call.check();
    }

    /** Alarms that have not come by then do not come any more. */
    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
