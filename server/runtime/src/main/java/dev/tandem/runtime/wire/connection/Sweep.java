package dev.tandem.runtime.wire.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * A look at each connection. One that fails must not end the looks at the others, nor the clock.
 */
public final class Sweep {
    private static final Logger LOG = System.getLogger(Sweep.class.getName());

    private Sweep() {}

    /** Looks at each; a failure is logged and the next is looked at. */
    @SuppressWarnings("IllegalCatch") // a defect in one connection is that connection's
    public static <C> void each(Iterable<C> connections, Consumer<C> look) {
        for (C connection : connections) {
            try {
                look.accept(connection);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a connection could not be looked after", e);
            }
        }
    }
}
