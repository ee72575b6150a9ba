package dev.tandem.runtime.call;

import com.google.protobuf.Message;

/**
 * A rule that stands in front of every handler, whatever the wire. Stateless towards calls; what it
 * learns of one it stores there.
 */
public interface Policy {
    /**
     * The first door: sees every request of every wire before its body is read, pages and health
     * included. Refuses by throwing.
     *
     * @throws ApiException the refusal
     */
    default void admit(Call call) {}

    /**
     * The second door: sees decoded messages. Asked once for each method at start-up; returns a
     * handler that does its part and calls the next.
     */
    default <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        return next;
    }
}
