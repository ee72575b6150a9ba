package dev.tandem.engines;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What an engine asks of elsewhere at this moment, to be ended together with the engine. For all
 * threads.
 */
public final class RunningCalls implements AutoCloseable {
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Supplier<ApiException> whenClosed;
    private volatile boolean closed;

    /**
     * @param whenClosed what callers are told whose answers the engine's end has broken off
     */
    public RunningCalls(Supplier<ApiException> whenClosed) {
        this.whenClosed = whenClosed;
    }

    /** One question, until it is closed. */
    public final class Running implements AutoCloseable {
        private final Runnable end;

        private Running(Runnable end) {
            this.end = end;
        }

        /** It has its answer, or will have none. Ends nothing. */
        @Override
        public void close() {
            running.remove(this);
        }
    }

    /**
     * Counts a question in.
     *
     * @param end ends it, on the thread that closes the engine; must not wait, and does nothing
     *     where it has ended
     * @throws ApiException the engine is closed
     */
    public Running begin(Runnable end) {
        Running begun = new Running(end);
        running.add(begun);
        if (closed) { // after it was added: else one that begins meanwhile would be missed
            begun.close();
            throw whenClosed.get();
        }
        return begun;
    }

    /** Is the engine closed? */
    public boolean closed() {
        return closed;
    }

    /**
     * Asked where an answer broke off, before its failure is told: is that what the caller wants to
     * hear?
     *
     * @throws ApiException the call is over, or the engine is closed
     * @throws InterruptedException somebody wants this thread's work to end
     */
    public void checkBroken(Call call) throws InterruptedException {
        call.check();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (closed) {
            throw whenClosed.get();
        }
    }

    /** Ends what runs; nothing begins later. */
    @Override
    public void close() {
        closed = true;
        running.forEach(each -> each.end.run());
    }
}
