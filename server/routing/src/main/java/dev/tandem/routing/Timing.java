package dev.tandem.routing;

import dev.tandem.runtime.call.Call;
import java.time.Duration;

/** The time, and how one waits for it. For all threads. */
public interface Timing {
    /** Something that is to happen later. */
    @FunctionalInterface
    interface Alarm extends AutoCloseable {
        /** Takes it back; nothing where it has happened, or happens now. */
        @Override
        void close();
    }

    /** Nanoseconds that only grow. */
    long nanos();

    /** Runs an action once, on a thread of its own, when the time is up. */
    Alarm after(Duration wait, Runnable action);

    /**
     * Waits on the call's own thread.
     *
     * @throws dev.tandem.runtime.call.CancelledException when the call is over
     */
    void pause(Duration wait, Call call) throws InterruptedException;
}
