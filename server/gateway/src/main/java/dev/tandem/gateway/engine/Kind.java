package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.runtime.admission.Capacity;
import java.util.List;

/**
 * A kind of engine: what of the configuration belongs to it, and how one is opened. A further one
 * is a class and a line in {@link Kinds}.
 *
 * @param <S> its settings; {@code equals} tells whether an engine must be opened anew
 */
public interface Kind<S> {
    /** By which the configuration names it. */
    String name();

    /** The keys that belong to it, besides those that all engines have. */
    List<Key<?>> keys();

    /** Makes the settings, and tells what is wrong with them. */
    S read(Values in);

    /** How many calls it works for, and how many wait. */
    default Capacity capacity(Values in) {
        return EngineKeys.capacity(in);
    }

    /**
     * Opens an engine. Quick: what takes time is done by its loading.
     *
     * @param name the configuration's name for it
     * @throws UnusableEngineException where the settings name what is not there
     */
    Opened open(String name, S settings, Workshop workshop) throws UnusableEngineException;

    /**
     * Looks whether it could be used: is it reachable, and does it take our key? Changes nothing.
     *
     * @param name the configuration's name for it
     */
    Finding look(String name, S settings, Workshop workshop) throws InterruptedException;
}
