package dev.tandem.runtime.wire.connection;

import dev.tandem.runtime.call.CancelCause;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a handler may ask of the connection its request came on. */
public interface PeerConnection {
    /**
     * Runs the action once, soon after the client left: over HTTP/1.1 when its side of the socket
     * ended, over HTTP/2 when it reset the stream or the connection ended; immediately if that has
     * happened already.
     *
     * @param streamId the HTTP/2 stream; over HTTP/1.1 any number, as there is one call at a time
     */
    Registration onGone(int streamId, Runnable action);

    /**
     * Why a client that counts as gone is: {@link CancelCause#STALLED} where it was given up
     * because it took nothing, otherwise {@link CancelCause#CLIENT_LEFT}. From any thread.
     */
    default CancelCause whyGone() {
        return CancelCause.CLIENT_LEFT;
    }

    /**
     * Asks the action when the rest of a request's body has been waited for too long. Where it says
     * that it will answer, the read is interrupted, which looks like the body's end; otherwise the
     * stream is reset. Over HTTP/2 only: over HTTP/1.1 the read itself fails.
     *
     * @param action on the thread that looks after connections, perhaps several times; must not
     *     block
     */
    default Registration onSlowBody(int streamId, BooleanSupplier action) {
        return () -> {};
    }

    /**
     * The body of an HTTP/1.1 request is a stream of messages: it may come at any pace, and pause.
     * Without effect over HTTP/2, where such streams are owned.
     */
    default void bodyMayPause() {}

    /**
     * Of the HTTP/1.1 answer that is written next only the head leaves. Without effect over HTTP/2.
     */
    default void headOnly() {}

    /**
     * Takes an HTTP/1.1 connection out of HTTP, behind a request without body that is not answered:
     * what is answered instead, and all that follows, are the caller's bytes. The connection cannot
     * be used for requests any more; its call's thread ends it.
     *
     * @return null where there is no such connection, or the client has sent more than the request
     *     already
     */
    default @Nullable RawConnection leaveHttp() {
        return null;
    }

    /** Ends an HTTP/1.1 connection, whatever its thread does. Without effect on another. */
    default void end() {}
}
