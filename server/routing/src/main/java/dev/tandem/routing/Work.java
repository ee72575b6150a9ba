package dev.tandem.routing;

/**
 * What is wanted of an engine.
 *
 * @param <T> what comes back
 */
@FunctionalInterface
interface Work<T> {
    /** Asks the route's engine, for the route's model and within the trial's call. */
    T ask(Route route, Trial trial) throws InterruptedException;
}
