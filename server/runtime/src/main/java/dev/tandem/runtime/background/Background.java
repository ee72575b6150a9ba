package dev.tandem.runtime.background;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.logging.LogLine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does work that outlives the call that began it, each on a virtual thread of its own. Made before
 * the services that use it and given to the server as a resource, behind those that the work needs:
 * so it is closed when no call runs any more, and before they are.
 *
 * <pre>{@code
 * Background background = new Background(Duration.ofSeconds(10));
 * Server.builder()
 *         .service(new PeopleService(background).service())
 *         .resource(database)
 *         .resource(background)
 * }</pre>
 *
 * <p>It is kept in memory alone: what must not be lost when the machine fails needs a queue.
 */
public final class Background implements AutoCloseable {
    /** What is done in the background. It must return soon after its thread is interrupted. */
    @FunctionalInterface
    public interface Work {
        /** Does it. What it throws is logged with the request's id. */
        void run(Job job) throws Exception;
    }

    private static final Logger LOG = System.getLogger(Background.class.getName());
    private static final int MOST = 1000;
    private static final Duration BUSY = Duration.ofSeconds(1);

    /** How long work may take to end once it was interrupted. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(2);

    private final int most;
    private final Duration drain;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition ended = lock.newCondition();
    private final Map<Job, Thread> running = new LinkedHashMap<>();
    private boolean closed;

    /**
     * At most 1000 at once.
     *
     * @param drain how long {@link #close} waits before it interrupts what still runs
     */
    public Background(Duration drain) {
        this(MOST, drain);
    }

    /**
     * @param most how many may run at once
     * @param drain how long {@link #close} waits before it interrupts what still runs
     */
    public Background(int most, Duration drain) {
        this.most = most;
        this.drain = drain;
    }

    /**
     * Starts work on behalf of a call and returns.
     *
     * @param name what is done, in a word or two: for the log
     * @throws dev.tandem.runtime.call.ApiException 503 where as much runs as may, or the server
     *     stops: the work is not done
     */
    public void start(Call call, String name, Work work) {
        Job job = new Job(name, call);
        Thread thread =
                Thread.ofVirtual().name("background-" + name).unstarted(() -> run(job, work));
        lock.lock();
        try {
            if (closed) {
                throw Pipeline.ofCancel(CancelCause.SHUTDOWN).toException();
            }
            if (running.size() >= most) {
                throw ApiError.of(
                                Reasons.OVERLOADED,
                                "Too much work runs in the background; try again later.")
                        .retryAfter(BUSY)
                        .toException();
            }
            running.put(job, thread);
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    /** How much runs now. */
    public int running() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("IllegalCatch") // the only place where a failure of the work can be told
    private void run(Job job, Work work) {
        long begin = System.nanoTime();
        String outcome = "done";
        try {
            work.run(job);
        } catch (Exception | Error e) {
            if (job.cancelled()) {
                outcome = "cancelled";
                LOG.log(Level.DEBUG, "background work " + job + " was cancelled", e);
            } else {
                outcome = "failed";
                LOG.log(Level.ERROR, "background work " + job + " failed", e);
            }
        } finally {
            end(job);
            LOG.log(Level.INFO, "{0}", line(job, outcome, System.nanoTime() - begin));
        }
    }

    private static LogLine line(Job job, String outcome, long nanos) {
        return new LogLine()
                .add("background", job.name())
                .add("ended", outcome)
                .add("ms", TimeUnit.NANOSECONDS.toMillis(nanos))
                .add("request_id", job.requestId())
                .add("trace_id", job.traceId())
                .add("key", job.caller().known().orElse(null));
    }

    private void end(Job job) {
        lock.lock();
        try {
            running.remove(job);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts no more, waits for what runs until the limit, and interrupts what is left then. An
     * interrupt ends the wait. Idempotent.
     */
    @Override
    public void close() {
        boolean interrupted = false;
        lock.lock();
        try {
            closed = true;
            running.keySet().forEach(Job::stop);
            interrupted = await(drain);
            if (!running.isEmpty()) {
                LOG.log(
                        Level.INFO,
                        "background work is not waited for any longer: {0}",
                        running.keySet());
                running.forEach((job, thread) -> {
                    job.cancel();
                    thread.interrupt();
                });
                interrupted |= await(LAST_STEPS);
            }
            if (!running.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "background work still runs although it was interrupted: {0}",
                        running.keySet());
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until nothing runs or the time is up; true when interrupted. */
    private boolean await(Duration limit) {
        long left = limit.toNanos();
        try {
            while (!running.isEmpty() && left > 0) {
                left = ended.awaitNanos(left);
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
