package dev.tandem.routing;

import dev.tandem.engines.Engine;
import dev.tandem.runtime.admission.Admission;
import dev.tandem.runtime.admission.Callers;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.admission.Overloaded;
import dev.tandem.runtime.admission.Ticket;
import dev.tandem.runtime.admission.Waiting;
import dev.tandem.runtime.call.Call;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One configured engine with its circuit, its places and what it has done. Any number of models may
 * share it. It closes the engine when it is retired and nobody uses it any more. For all threads.
 */
public final class Upstream {
    private static final String QUEUE = "upstream";

    private final String name;
    private final Engine engine;
    private final Runnable afterwards;
    private final Admission admission;
    private final Circuit circuit;
    private final RetryBudget budget;
    private final Tally tally = new Tally();

    private final ReentrantLock lock = new ReentrantLock();
    private int leases;
    private boolean retired;
    private boolean closed;

    /**
     * @param name the configuration's, for the log and statistics
     * @param engine is closed here
     * @param capacity how many calls run and wait
     */
    public Upstream(
            String name, Engine engine, Capacity capacity, CircuitSettings circuit, Timing timing) {
        this(name, engine, () -> {}, capacity, circuit, timing);
    }

    /**
     * @param afterwards gives back what the engine used, once it is closed
     */
    public Upstream(
            String name,
            Engine engine,
            Runnable afterwards,
            Capacity capacity,
            CircuitSettings circuit,
            Timing timing) {
        this.name = name;
        this.engine = engine;
        this.afterwards = afterwards;
        this.admission = new Admission(capacity, timing::nanos);
        this.circuit = new Circuit(circuit, timing::nanos);
        this.budget = new RetryBudget(timing::nanos);
    }

    /** The configuration's name for it. */
    public String name() {
        return name;
    }

    /** What answers. */
    public Engine engine() {
        return engine;
    }

    /** Whether it is left alone. */
    public Circuit circuit() {
        return circuit;
    }

    RetryBudget budget() {
        return budget;
    }

    Tally tally() {
        return tally;
    }

    /**
     * Waits for a place.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code overloaded}
     */
    Ticket enter(Call call) throws InterruptedException {
        try {
            return admission.enter(Callers.of(call), call, Waiting.of(call, QUEUE));
        } catch (Overloaded e) {
            throw e.toException("The model");
        }
    }

    /** Keeps the engine open until {@link #release}; false where it is closed. */
    boolean lease() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            leases++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        boolean last;
        lock.lock();
        try {
            leases--;
            last = closes();
        } finally {
            lock.unlock();
        }
        if (last) {
            close();
        }
    }

    /** It left the configuration: the engine is closed after its last running call, or at once. */
    public void retire() {
        boolean last;
        lock.lock();
        try {
            retired = true;
            last = closes();
        } finally {
            lock.unlock();
        }
        if (last) {
            close();
        }
    }

    /** Closes the engine at once, whoever uses it: the program ends. */
    public void end() {
        boolean first;
        lock.lock();
        try {
            first = !closed;
            retired = true;
            closed = true;
        } finally {
            lock.unlock();
        }
        if (first) {
            close();
        }
    }

    /** Was its engine closed, or is that being done? */
    public boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    private boolean closes() {
        boolean last = retired && leases == 0 && !closed;
        closed |= last;
        return last;
    }

    private void close() {
        admission.close();
        engine.close();
        afterwards.run();
    }

    /** What it has done and does. */
    public Statistics statistics() {
        return new Statistics(
                admission.running(),
                admission.waiting(),
                tally.requests.sum(),
                tally.failures(),
                tally.retried.sum(),
                circuit.state(),
                circuit.opened(),
                tally.promptTokens.sum(),
                tally.completionTokens.sum(),
                tally.begun.sum(),
                Duration.ofNanos(tally.firstNanos.sum()));
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
