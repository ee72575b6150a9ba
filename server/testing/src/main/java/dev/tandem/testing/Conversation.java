package dev.tandem.testing;

/**
 * A call in which the test sends and reads in turns, by gRPC or over a WebSocket.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public interface Conversation<Q, R> extends OpenCall<R> {
    /**
     * Sends one message; does not wait for the server to take it. A WebSocket whose path has
     * variables is opened by the first one, any other with the call.
     */
    void send(Q message);

    /** Says that no more messages come; the server's still do. */
    void finish();
}
