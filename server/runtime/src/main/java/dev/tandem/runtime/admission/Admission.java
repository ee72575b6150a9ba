package dev.tandem.runtime.admission;

import dev.tandem.runtime.call.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of running and of waiting calls.
 *
 * <ul>
 *   <li>Callers who wait take turns; each one's own calls are served as they came. Nobody overtakes
 *       whose turn it is, though it may need several places and others only one.
 *   <li>Refused is at once: whoever comes when the line is full, or whose wait, by the pace at
 *       which the line moves, would be longer than its own time or the longest wait allowed.
 *   <li>A full line takes a caller who has less in it than another all the same: the last call of
 *       the caller who has the most gives way.
 *   <li>Who leaves the line makes room in that moment.
 * </ul>
 *
 * <p>Safe for use by any thread; no thread of its own, and nobody looks again and again.
 */
public final class Admission implements AutoCloseable {
    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);
    private static final Duration MOST_RETRY = Duration.ofSeconds(60);

    private final Capacity capacity;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final FairLine<Ticket> line = new FairLine<>();
    private final Pace pace = new Pace();
    private int free;
    private boolean closed;

    /** With all places free. */
    public Admission(Capacity capacity) {
        this(capacity, System::nanoTime);
    }

    /**
     * @param clock nanoseconds that only grow
     */
    public Admission(Capacity capacity, LongSupplier clock) {
        this.capacity = capacity;
        this.clock = clock;
        this.free = capacity.running();
    }

    /**
     * Waits for a place, on the call's own thread. The wait ends with the call.
     *
     * @return the place; closing it frees it
     * @throws Overloaded where it is not to wait, or waited as long as anybody may
     * @throws dev.tandem.runtime.call.CancelledException when the call is over
     */
    public Ticket enter(String caller, Call call) throws InterruptedException {
        return enter(caller, call, Waiting.of(call, "server"));
    }

    /**
     * As {@link #enter(String, Call)}.
     *
     * @param seen sees it wait
     */
    public Ticket enter(String caller, Call call, Waiting seen) throws InterruptedException {
        ParkedGuest guest = new ParkedGuest(seen);
        Ticket ticket = join(caller, 1, call.remaining().orElse(null), guest);
        return ticket.admitted() ? ticket : guest.await(ticket, call, capacity.longestWait());
    }

    /**
     * Takes a place or joins the line; never blocks.
     *
     * @param caller with whom turns are taken
     * @param places how many it needs at once; at most as many as there are
     * @param patience how long it would wait; null for any time
     * @param guest is told when it has its place, at once or later
     * @return admitted or waiting; to be closed
     * @throws Overloaded where it is not to wait
     */
    public Ticket join(String caller, int places, @Nullable Duration patience, Guest guest) {
        if (places < 1 || places > capacity.running()) {
            throw new IllegalArgumentException(
                    places + " places were asked for; there are " + capacity.running());
        }
        Ticket ticket = new Ticket(this, caller, places, guest);
        Ticket crowdedOut = null;
        Overloaded why = null;
        boolean atOnce;
        lock.lock();
        try {
            if (closed) {
                throw refusal(Overloaded.Cause.CLOSED);
            }
            atOnce = line.size() == 0 && places <= free;
            if (atOnce) {
                free -= places;
                ticket.stage(Ticket.Stage.ADMITTED);
            } else {
                crowdedOut = stand(ticket, patience);
                if (crowdedOut != null) {
                    why = refusal(Overloaded.Cause.CROWDED_OUT);
                }
            }
        } finally {
            lock.unlock();
        }
        if (atOnce) {
            guest.admitted(ticket);
        } else {
            ticket.joined();
        }
        if (crowdedOut != null && why != null) {
            crowdedOut.guest().refused(why);
        }
        return ticket;
    }

    /** Puts it into the line; gives back who must give way for it, null for nobody. */
    private @Nullable Ticket stand(Ticket ticket, @Nullable Duration patience) {
        if (line.size() == 0) {
            pace.begin(clock.getAsLong()); // that nobody waited says nothing of its pace
        }
        refuseSlow(ticket.caller(), patience);
        Ticket crowdedOut = room(ticket.caller());
        line.add(ticket.caller(), ticket);
        return crowdedOut;
    }

    /** Makes room in a full line where that is fair; null where there was room. */
    private @Nullable Ticket room(String caller) {
        if (line.size() < capacity.waiting()) {
            return null;
        }
        Ticket last = line.lastOfMost(line.of(caller) + 1);
        if (last == null) {
            throw refusal(Overloaded.Cause.FULL);
        }
        line.remove(last.caller(), last);
        last.stage(Ticket.Stage.OVER);
        return last;
    }

    private void refuseSlow(String caller, @Nullable Duration patience) {
        long most =
                capacity.longestWait().isZero() ? Long.MAX_VALUE : capacity.longestWait().toNanos();
        if (patience != null && patience.compareTo(Duration.ofNanos(most)) < 0) {
            most = patience.toNanos();
        }
        double step = pace.nanos(clock.getAsLong());
        if (step * (line.size() + 1.0) > most && step * (line.before(caller) + 1.0) > most) {
            throw refusal(Overloaded.Cause.TOO_SLOW);
        }
    }

    /** The line as it is, for who is refused. */
    private Overloaded refusal(Overloaded.Cause why) {
        Duration all = Duration.ofNanos((long) (pace.nanos(clock.getAsLong()) * line.size()));
        Duration retry = all.compareTo(MOST_RETRY) > 0 ? MOST_RETRY : all;
        return new Overloaded(
                why, line.size(), retry.compareTo(LEAST_RETRY) < 0 ? LEAST_RETRY : retry);
    }

    Overloaded tooSlow() {
        lock.lock();
        try {
            return refusal(Overloaded.Cause.TOO_SLOW);
        } finally {
            lock.unlock();
        }
    }

    boolean withdraw(Ticket ticket) {
        List<Ticket> next;
        lock.lock();
        try {
            if (!line.remove(ticket.caller(), ticket)) {
                return false;
            }
            ticket.stage(Ticket.Stage.OVER);
            next = serve(); // it may have stood in the way with the places that it needed
        } finally {
            lock.unlock();
        }
        next.forEach(one -> one.guest().admitted(one));
        return true;
    }

    void free(Ticket ticket, int count) {
        List<Ticket> next;
        lock.lock();
        try {
            if (!ticket.admitted()) {
                return;
            }
            int given = Math.min(count, ticket.places());
            ticket.places(ticket.places() - given);
            if (ticket.places() == 0) {
                ticket.stage(Ticket.Stage.OVER);
            }
            free += given;
            next = serve();
        } finally {
            lock.unlock();
        }
        next.forEach(one -> one.guest().admitted(one));
    }

    /** Gives free places to whose turn it is; they are told without the lock. */
    private List<Ticket> serve() {
        Ticket first = line.peek();
        if (first == null || first.places() > free) {
            return List.of();
        }
        List<Ticket> served = new ArrayList<>(1);
        while (first != null && first.places() <= free) {
            line.take();
            free -= first.places();
            first.stage(Ticket.Stage.ADMITTED);
            pace.moved(clock.getAsLong());
            served.add(first);
            first = line.peek();
        }
        return served;
    }

    /** How many places are taken. */
    public int running() {
        lock.lock();
        try {
            return capacity.running() - free;
        } finally {
            lock.unlock();
        }
    }

    /** How many calls wait. */
    public int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    /** What it was made with. */
    public Capacity capacity() {
        return capacity;
    }

    /** Refuses those who wait and whoever comes; who has a place keeps it. */
    @Override
    public void close() {
        List<Ticket> waiting = new ArrayList<>();
        Overloaded why;
        lock.lock();
        try {
            closed = true;
            why = refusal(Overloaded.Cause.CLOSED);
            for (Ticket one = line.take(); one != null; one = line.take()) {
                one.stage(Ticket.Stage.OVER);
                waiting.add(one);
            }
        } finally {
            lock.unlock();
        }
        waiting.forEach(one -> one.guest().refused(why));
    }
}
