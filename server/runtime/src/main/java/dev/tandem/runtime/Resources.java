package dev.tandem.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** What a server opens and closes with itself, in the order in which it was told. */
final class Resources implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Resources.class.getName());

    private final List<AutoCloseable> all;
    private int opened; // those before it are open, or came open

    Resources(List<AutoCloseable> all) {
        this.all = new ArrayList<>(all);
    }

    /**
     * Opens all; where one fails, the caller closes this.
     *
     * @throws IllegalStateException where one threw a checked exception
     */
    @SuppressWarnings("IllegalCatch") // of somebody else's code; passed on
    void open() {
        for (AutoCloseable each : all) {
            if (each instanceof Resource resource) {
                try {
                    resource.open();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    if (e instanceof InterruptedException) {
                        Thread.currentThread().interrupt();
                    }
                    throw new IllegalStateException(
                            "The server does not start, because "
                                    + name(resource)
                                    + " could not be opened: "
                                    + e.getMessage(),
                            e);
                }
            }
            opened++;
        }
    }

    /**
     * Closes in reverse order what is open: what was opened here, and what came open. Idempotent.
     */
    @Override
    public void close() {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (i < opened || !(all.get(i) instanceof Resource)) {
                close(all.get(i));
            }
        }
        all.clear();
    }

    @SuppressWarnings("IllegalCatch") // of somebody else's code; the others must be closed
    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception | LinkageError | AssertionError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.log(Level.WARNING, name(open) + " could not be closed", e);
        }
    }

    private static String name(AutoCloseable resource) {
        return resource.getClass().getName();
    }
}
