package dev.tandem.runtime.admission;

import dev.tandem.runtime.call.Call;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that waits for its place and is woken for it. */
final class ParkedGuest implements Guest {
    private final Thread thread = Thread.currentThread();
    private final Waiting waiting;
    private volatile @Nullable Overloaded refused;

    ParkedGuest(Waiting waiting) {
        this.waiting = waiting;
    }

    @Override
    public Waiting waiting() {
        return waiting;
    }

    @Override
    public void admitted(Ticket place) {
        if (!thread.equals(Thread.currentThread())) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void refused(Overloaded why) {
        refused = why;
        LockSupport.unpark(thread);
    }

    /** Waits on the thread that made this, to the end of the call or the longest wait. */
    Ticket await(Ticket ticket, Call call, Duration longest) throws InterruptedException {
        boolean admitted = false;
        try (Call.Registration _ = call.onCancel(() -> LockSupport.unpark(thread))) {
            admitted = await(ticket, call, System.nanoTime(), longest.toNanos());
        } finally {
            if (!admitted) {
                ticket.close();
            }
        }
        return ticket;
    }

    private boolean await(Ticket ticket, Call call, long begin, long longest)
            throws InterruptedException {
        while (!ticket.admitted()) {
            Overloaded why = refused;
            if (why != null) {
                throw why;
            }
            call.check();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = longest == 0 ? Long.MAX_VALUE : longest - (System.nanoTime() - begin);
            if (left <= 0) {
                throw ticket.tooSlow();
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }
}
