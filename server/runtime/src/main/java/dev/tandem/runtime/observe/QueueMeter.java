package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.Call;

/**
 * Sees calls wait: for a place among those that run, for a slot of an engine. Whoever lets calls
 * wait has one for each queue, from {@link #of} or {@link Observability#queue}.
 */
@FunctionalInterface
public interface QueueMeter {
    /** Sees nothing. */
    QueueMeter NONE = call -> () -> {};

    /** The meter of one queue, of the server that the call came to; sees nothing without one. */
    static QueueMeter of(Call call, String queue) {
        return call.find(Queues.KEY).map(queues -> queues.meter(queue)).orElse(NONE);
    }

    /**
     * The call begins to wait, on any thread. Where it need not wait, nobody calls this.
     *
     * @return to be closed once when it waits no longer, however that ended
     */
    Wait enter(Call call);

    /** A call that waits. */
    @FunctionalInterface
    interface Wait extends AutoCloseable {
        @Override
        void close();
    }
}
