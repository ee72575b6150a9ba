package dev.tandem.routing;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaves an engine alone that fails: it opens by failures in a row, or by their share of the calls
 * lately; after a while one call tries the engine, and closes it again or leaves it open for as
 * long again. For all threads.
 */
public final class Circuit {
    /** How it is. */
    public enum State {
        /** Calls pass. */
        CLOSED,
        /** Calls are kept away. */
        OPEN,
        /** The time is up: one call may try. */
        HALF_OPEN
    }

    /**
     * One call that was let through.
     *
     * @param generation counts the changes of state until then: what happened since is not judged
     *     by it
     */
    record Pass(int generation) {}

    private final CircuitSettings settings;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Counts lately;
    private State state = State.CLOSED;
    private int generation;
    private int inARow;
    private boolean probing;
    private long openedAt;
    private long opened;

    Circuit(CircuitSettings settings, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
        lately = new Counts(settings.window());
    }

    /** How it is at this moment. */
    public State state() {
        lock.lock();
        try {
            return now();
        } finally {
            lock.unlock();
        }
    }

    /** How often it opened. */
    public long opened() {
        lock.lock();
        try {
            return opened;
        } finally {
            lock.unlock();
        }
    }

    /** Would a call be let through? */
    boolean admits() {
        lock.lock();
        try {
            return admitted(now());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a call through.
     *
     * @param anyway even where it is open: there is nobody else to ask
     * @return to be given to one of {@link #succeeded}, {@link #failed} and {@link #left}; null
     *     where the call is kept away
     */
    @Nullable Pass enter(boolean anyway) {
        lock.lock();
        try {
            State current = now();
            if (!admitted(current) && !anyway) {
                return null;
            }
            if (current == State.HALF_OPEN && state == State.OPEN) {
                change(State.HALF_OPEN);
            }
            probing |= current == State.HALF_OPEN;
            return new Pass(generation);
        } finally {
            lock.unlock();
        }
    }

    /** The engine did its work. */
    void succeeded(Pass pass) {
        lock.lock();
        try {
            if (pass.generation() != generation) {
                return;
            }
            inARow = 0;
            if (state == State.CLOSED) {
                lately.add(clock.getAsLong(), 1, 0);
            } else {
                lately.clear();
                change(State.CLOSED);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The engine failed; true where that opened the circuit. */
    boolean failed(Pass pass) {
        lock.lock();
        try {
            if (pass.generation() != generation) {
                return false;
            }
            long time = clock.getAsLong();
            if (state == State.CLOSED) {
                inARow++;
                lately.add(time, 1, 1);
                if (inARow < settings.failures() && !tooMany(time)) {
                    return false;
                }
            }
            boolean news = state != State.OPEN;
            if (news) {
                opened++;
                openedAt = time;
                inARow = 0;
                lately.clear();
                change(State.OPEN);
            }
            return news;
        } finally {
            lock.unlock();
        }
    }

    /** The call ended without a word on the engine. */
    void left(Pass pass) {
        lock.lock();
        try {
            if (pass.generation() == generation) {
                probing = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean admitted(State current) {
        return current == State.CLOSED || (current == State.HALF_OPEN && !probing);
    }

    private boolean tooMany(long time) {
        int calls = lately.all(time);
        return settings.share() > 0
                && calls >= settings.calls()
                && lately.special(time) >= settings.share() * calls;
    }

    private State now() {
        boolean rested =
                state == State.OPEN && clock.getAsLong() - openedAt >= settings.open().toNanos();
        return rested ? State.HALF_OPEN : state;
    }

    private void change(State next) {
        state = next;
        generation++;
        probing = false;
    }

    /** How long until one call may try; zero where one may. */
    Duration untilTry() {
        lock.lock();
        try {
            long left = settings.open().toNanos() - (clock.getAsLong() - openedAt);
            return state == State.OPEN && left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }
}
