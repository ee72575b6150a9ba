package dev.tandem.runtime.call;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All calls of a server that have begun and not ended. Opens them, ends them at their deadline, and
 * waits for them at shutdown.
 */
public final class Calls implements AutoCloseable {
    private static final Duration DEAF = Duration.ofSeconds(10);

    private final Supplier<String> requestIds;
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor deadlines;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Overruns overruns;

    /**
     * @param requestIds makes the id of a call whose client sent none
     */
    public Calls(Supplier<String> requestIds) {
        this(requestIds, DEAF);
    }

    /**
     * @param deaf how long a handler may ignore that its call was cancelled before the log names it
     */
    public Calls(Supplier<String> requestIds, Duration deaf) {
        this.requestIds = requestIds;
        deadlines =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("tandem-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
        overruns = new Overruns(deadlines, deaf);
    }

    /**
     * Opens a call. Whoever opens it closes it with {@link #close(Call)}.
     *
     * @param timeout the caller's limit, or null. One that is not positive has passed already
     */
    public Call open(Head head, @Nullable Duration timeout) {
        String id =
                head.header("x-request-id").filter(RequestIds::acceptable).orElseGet(requestIds);
        Call call = new Call(head, id, timeout, overruns::watch);
        running.add(call);
        if (timeout != null) {
            watch(call, timeout);
        }
        return call;
    }

    private void watch(Call call, Duration timeout) {
        if (!timeout.isPositive()) {
            call.cancel(CancelCause.DEADLINE);
            return;
        }
        // listeners may take locks that a parked sender holds: never on the one timer thread
        ScheduledFuture<?> timer =
                deadlines.schedule(
                        () ->
                                Thread.ofVirtual()
                                        .name("deadline")
                                        .start(() -> call.cancel(CancelCause.DEADLINE)),
                        timeout.toNanos(),
                        TimeUnit.NANOSECONDS);
        call.onEnd(() -> timer.cancel(false));
    }

    /** The call's last act: its end listeners run. */
    public void close(Call call) {
        call.end();
        if (running.remove(call) && running.isEmpty()) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** How many calls run now. */
    public int inFlight() {
        return running.size();
    }

    /** Waits until no call runs; false when the time was up first. */
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!running.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels every running call. */
    public void cancelAll(CancelCause cause) {
        running.forEach(call -> call.cancel(cause));
    }

    /** Stops the deadlines' timer. */
    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
