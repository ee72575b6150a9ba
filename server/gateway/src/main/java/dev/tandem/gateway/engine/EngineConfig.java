package dev.tandem.gateway.engine;

import dev.tandem.gateway.doctor.Finding;
import dev.tandem.routing.CircuitSettings;
import dev.tandem.runtime.admission.Capacity;

/**
 * One engine as the configuration has it. Two that are equal are the same engine, which is kept.
 *
 * @param <S> the kind's settings
 * @param capacity how many calls it works for, and how many wait for that
 * @param circuit when it is left alone
 */
public record EngineConfig<S>(
        Kind<S> kind, S settings, Capacity capacity, CircuitSettings circuit) {

    Opened open(String name, Workshop workshop) throws UnusableEngineException {
        return kind.open(name, settings, workshop);
    }

    /** Looks whether it could be used. */
    public Finding look(String name, Workshop workshop) throws InterruptedException {
        return kind.look(name, settings, workshop);
    }
}
