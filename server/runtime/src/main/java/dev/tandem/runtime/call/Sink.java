package dev.tandem.runtime.call;

/**
 * Where the messages of an answer go, in order. Used by one thread at a time.
 *
 * @param <R> the response message
 */
@FunctionalInterface
public interface Sink<R> {
    /**
     * Sends one message; waits while the client does not read. Nothing is committed before the
     * first message: a failure until then is a plain error answer.
     *
     * @throws CancelledException when the call is over
     */
    void send(R message);
}
