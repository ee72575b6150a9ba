package dev.tandem.runtime.policy;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Policy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends calls that take longer than the server allows, each limit with a reason of its own. The
 * limit of a whole call joins the caller's in {@link Call#remaining}. Pages, probes and those who
 * watch health are not limited.
 *
 * <p>All calls are looked at by one thread, twenty times a second: a timer for each call would cost
 * more than the call's own part of that.
 */
public final class TimeLimits implements Policy, AutoCloseable {
    private static final Call.Key<CallClock> CLOCK = new Call.Key<>("clock");
    private static final long LOOK_MILLIS = 50;

    private final StreamLimits limits;
    private final Set<CallClock> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor looking;

    /** Keeps these limits once it is started. */
    public TimeLimits(StreamLimits limits) {
        this.limits = limits;
        looking =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("tandem-time-limits").factory());
    }

    /** Begins to look at calls. */
    public void start() {
        if (!limits.equals(StreamLimits.NONE)) {
            var _ =
                    looking.scheduleWithFixedDelay(
                            this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void admit(Call call) {
        if (limits.equals(StreamLimits.NONE)
                || call.head().method() == null
                || Exempt.covers(call.head())) {
            return;
        }
        if (!limits.call().isZero()) {
            call.limit(limits.call());
        }
        CallClock clock = new CallClock(call, limits);
        call.put(CLOCK, clock);
        running.add(clock);
        call.onEnd(() -> running.remove(clock));
    }

    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        return (source, sink, call) -> {
            CallClock clock = call.find(CLOCK).orElse(null);
            if (clock == null) {
                next.handle(source, sink, call);
                return;
            }
            clock.begin();
            try {
                next.handle(clock.watching(source), clock.watching(sink), call);
            } finally {
                clock.end();
            }
        };
    }

    private void look() {
        long now = System.nanoTime();
        running.removeIf(clock -> ends(clock, now));
    }

    private static boolean ends(CallClock clock, long now) {
        CancelCause cause = clock.overdue(now);
        if (cause != null) {
            // listeners may take locks that a parked sender holds: never on this thread
            Thread.ofVirtual().name("time-limit").start(() -> clock.call().cancel(cause));
        }
        return cause != null;
    }

    /** Looks no more: running calls are not limited from now on. */
    @Override
    public void close() {
        looking.shutdownNow();
    }
}
