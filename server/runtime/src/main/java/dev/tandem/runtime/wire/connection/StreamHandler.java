package dev.tandem.runtime.wire.connection;

/**
 * Answers one owned stream.
 *
 * <p>It runs on the stream's own virtual thread and returns when the call is over. A handler that
 * returns without having ended its side, or that throws, gets its stream reset with INTERNAL_ERROR
 * and a line in the log; a {@link StreamGoneException} that escapes is no error and is not logged.
 */
@FunctionalInterface
public interface StreamHandler {
    /**
     * Answers the stream.
     *
     * @throws InterruptedException when the connection ended while the handler waited
     */
    void handle(OwnedStream stream) throws InterruptedException;
}
