package dev.tandem.runtime.background;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.observe.CallTrace;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work in the background, and what is known of the call that began it. Safe for use by
 * any thread.
 */
public final class Job {
    private final String name;
    private final String requestId;
    private final Caller caller;
    private final @Nullable String traceId;
    private volatile boolean stopping;
    private volatile boolean cancelled;

    Job(String name, Call call) {
        this.name = name;
        this.requestId = call.requestId();
        this.caller = Caller.of(call);
        this.traceId = CallTrace.of(call).map(CallTrace::traceId).orElse(null);
    }

    /** What is done: for the log. */
    public String name() {
        return name;
    }

    /** The id of the call that began it. */
    public String requestId() {
        return requestId;
    }

    /** Who made that call. */
    public Caller caller() {
        return caller;
    }

    /**
     * Does the server stop? Then the work has until the drain's limit; what can be taken up again
     * later should end at the next good place.
     */
    public boolean stopping() {
        return stopping;
    }

    /**
     * Returns while the work may go on.
     *
     * @throws CancelledException when the limit was up; the thread was interrupted, too
     */
    public void check() {
        if (cancelled) {
            throw new CancelledException(CancelCause.SHUTDOWN);
        }
    }

    @Nullable String traceId() {
        return traceId;
    }

    boolean cancelled() {
        return cancelled;
    }

    void stop() {
        stopping = true;
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public String toString() {
        return name + " of " + requestId;
    }
}
