package dev.tandem.gateway.engine;

import dev.tandem.engines.Engine;

/**
 * An engine that was opened.
 *
 * @param loading what must be done before it can answer
 * @param release gives back what it used; after it is closed
 */
public record Opened(Engine engine, Loading loading, Runnable release) {
    /** Takes its time, and whatever it needs of the network, the disk and the memory. */
    @FunctionalInterface
    public interface Loading {
        /** Nothing to do. */
        Loading NONE = () -> {};

        /**
         * Makes the engine ready.
         *
         * @throws UnusableEngineException with a sentence that says what to do
         */
        void run() throws UnusableEngineException, InterruptedException;
    }

    /** One that can answer at once. */
    static Opened ready(Engine engine, Runnable release) {
        return new Opened(engine, Loading.NONE, release);
    }
}
