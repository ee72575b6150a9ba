package dev.tandem.llamacpp.loop;

import dev.tandem.runtime.admission.Admission;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.admission.Guest;
import dev.tandem.runtime.admission.Overloaded;
import dev.tandem.runtime.admission.Ticket;
import dev.tandem.runtime.admission.Waiting;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * From those who ask to the computing thread: requests wait for as many slots as they have choices,
 * callers taking turns; those that have them wait here to be begun.
 */
final class WaitingLine {
    private final Admission admission;
    private final Queue<Generation> seated = new ConcurrentLinkedQueue<>();
    private volatile @Nullable EngineFailure closed;

    WaitingLine(Capacity capacity) {
        this.admission = new Admission(capacity);
    }

    /**
     * Joins the line. Callers are told apart by the salt of their caches.
     *
     * @param patience how long it would wait; null for any time
     * @param waiting sees the wait
     * @throws Overloaded where it is not to wait
     * @throws EngineFailure where the model is closed
     */
    void join(Generation generation, @Nullable Duration patience, Waiting waiting) {
        String salt = generation.request().cacheSalt();
        int slots = generation.request().choices();
        try {
            Ticket ticket =
                    admission.join(
                            salt == null ? "" : salt,
                            slots,
                            patience,
                            new Seat(generation, waiting));
            generation.placed(ticket);
        } catch (Overloaded e) {
            EngineFailure reason = closed;
            throw reason == null ? e : reason.again();
        }
    }

    /** The next request that has its slots. Cancelled ones give them back. */
    @Nullable Generation serve() {
        for (Generation next = seated.poll(); next != null; next = seated.poll()) {
            if (!next.isCancelled()) {
                return next;
            }
            next.freeSlots(next.request().choices());
        }
        return null;
    }

    /** Refuses whoever comes from now on, and ends those who waited. */
    void close(EngineFailure reason) {
        if (closed == null) {
            closed = reason;
        }
        admission.close();
        endSeated();
    }

    private void endSeated() {
        EngineFailure reason = closed;
        if (reason != null) {
            for (Generation one = seated.poll(); one != null; one = seated.poll()) {
                one.outbox().end(reason);
            }
        }
    }

    /** Brings a generation to the computing thread, at once or when its turn comes. */
    private final class Seat implements Guest {
        private final Generation generation;
        private final Waiting waiting;

        Seat(Generation generation, Waiting waiting) {
            this.generation = generation;
            this.waiting = waiting;
        }

        @Override
        public Waiting waiting() {
            return waiting;
        }

        @Override
        public void admitted(Ticket place) {
            generation.placed(place);
            seated.add(generation);
            endSeated(); // where it was closed meanwhile
            generation.wake();
        }

        @Override
        public void refused(Overloaded why) {
            EngineFailure reason = closed;
            generation.outbox().end(reason == null ? why : reason);
        }
    }
}
