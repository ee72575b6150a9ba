package dev.tandem.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * The messages of a request, in order. One for unary and server-streaming methods. Used by the
 * handler's thread only.
 *
 * @param <Q> the request message
 */
@FunctionalInterface
public interface Source<Q> {
    /**
     * The next message, waiting for it; null when the client has sent its last.
     *
     * @throws ApiException where what came is no message (malformed, too large)
     * @throws CancelledException when the call is over
     */
    @Nullable Q next() throws InterruptedException;
}
