package dev.tandem.runtime.wire.connection;

import dev.tandem.runtime.call.CancelCause;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.http.ServerRequest;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection, and a handler's way from its request back to the connection.
 *
 * <p>Helidon 4.5.0 tells no handler that its client left. {@link ServerRequest#remotePeer()}
 * returns exactly what the connection context returned, so what stands there can carry the
 * connection. To be deleted when a request offers such a hook of its own.
 */
public record Peer(PeerInfo info, PeerConnection connection) implements PeerInfo {
    /**
     * Runs the action once when the client of this request has left, on a virtual thread of its
     * own. For plain requests of either protocol. Close the result when the call ends. A request
     * that came in past our wires is never reported.
     */
    public static Registration onGone(ServerRequest request, Runnable action) {
        return request.remotePeer() instanceof Peer peer
                ? peer.connection.onGone(request.id(), action)
                : () -> {};
    }

    /**
     * Lets the body of the request come at any pace, and pause: {@link
     * PeerConnection#bodyMayPause}.
     */
    public static void bodyMayPause(ServerRequest request) {
        if (request.remotePeer() instanceof Peer peer) {
            peer.connection.bodyMayPause();
        }
    }

    /** Lets only the head of the answer leave: {@link PeerConnection#headOnly}. */
    public static void headOnly(ServerRequest request) {
        if (request.remotePeer() instanceof Peer peer) {
            peer.connection.headOnly();
        }
    }

    /** Takes the request's connection out of HTTP: {@link PeerConnection#leaveHttp}. */
    public static @Nullable RawConnection leaveHttp(ServerRequest request) {
        return request.remotePeer() instanceof Peer peer ? peer.connection.leaveHttp() : null;
    }

    /** Why the client of this request is gone, where it is: {@link PeerConnection#whyGone}. */
    public static CancelCause whyGone(ServerRequest request) {
        return request.remotePeer() instanceof Peer peer
                ? peer.connection.whyGone()
                : CancelCause.CLIENT_LEFT;
    }

    /**
     * Asks the action when the request's body has been waited for too long: {@link
     * PeerConnection#onSlowBody}. Close the result when nobody reads any more.
     */
    public static Registration onSlowBody(ServerRequest request, BooleanSupplier action) {
        return request.remotePeer() instanceof Peer peer
                ? peer.connection.onSlowBody(request.id(), action)
                : () -> {};
    }

    /**
     * Ends the request's HTTP/1.1 connection, whatever its thread does; streams of HTTP/2 end by
     * themselves.
     */
    public static void end(ServerRequest request) {
        if (request.remotePeer() instanceof Peer peer) {
            peer.connection.end();
        }
    }

    @Override
    public SocketAddress address() {
        return info.address();
    }

    @Override
    public String host() {
        return info.host();
    }

    @Override
    public int port() {
        return info.port();
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
        return info.tlsPrincipal();
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
        return info.tlsCertificates();
    }
}
