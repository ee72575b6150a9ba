package dev.tandem.runtime.wire.connection;

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

    /** Ends an HTTP/1.1 connection, whatever its thread does. Without effect on another. */
    default void end() {}
}
