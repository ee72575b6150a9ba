package dev.tandem.testing.contract;

import dev.tandem.engines.Engine;
import java.util.Optional;

/** An engine whose model, or the server behind it, does what a test tells it. */
public interface Stage extends AutoCloseable {
    /** The engine; the same each time. */
    Engine engine();

    /** Waits until the engine, or the server behind it, has taken the first request. */
    void awaitAsked();

    /**
     * Waits until the work for the first request has ended.
     *
     * @return the moment, by {@code System.nanoTime()}
     */
    long awaitStopped();

    /**
     * The text of the first request, as the server behind the engine got it; empty where there is
     * no such server, or its requests are no text.
     */
    default Optional<String> asked() {
        return Optional.empty();
    }

    @Override
    void close();
}
