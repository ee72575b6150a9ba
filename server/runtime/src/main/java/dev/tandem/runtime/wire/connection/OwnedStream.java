package dev.tandem.runtime.wire.connection;

import dev.tandem.runtime.call.CancelCause;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One request that a protocol of ours answers by itself, past Helidon's routing: an HTTP/2 stream,
 * or an exchange over HTTP/1.1.
 *
 * <p>Reading and writing belong to the stream's own thread; {@link #abortSend()}, {@link
 * #reset(int)}, {@link #onGone(Runnable)} and {@link #gone()} may be called from any thread.
 */
public interface OwnedStream {
    /** The request's {@code :method}. */
    String method();

    /** The request's {@code :path}, as sent: not decoded, with its query. */
    String path();

    /**
     * The request's headers without the pseudo-headers; {@code :authority} appears as {@code host}.
     */
    Headers headers();

    /** Why the wire refuses the request, which is to be answered; null where it does not. */
    default @Nullable RefusedRequest refused() {
        return null;
    }

    /** The other end of the connection. */
    PeerInfo peer();

    /** Whether the connection is encrypted. */
    boolean secure();

    /**
     * Waits for the next bytes of the request's body and gives the client room for as many more.
     *
     * @return 1 to 32,768 bytes; an empty array at the end of the client's side (again and again);
     *     null when the stream was reset, when the connection ended, or when our side is ended
     */
    byte @Nullable [] take() throws InterruptedException;

    /**
     * Sends the response's headers. Names must be lower-case tokens, values visible ASCII and
     * spaces, all together at most 8 KiB (RFC 9113, section 8.2, counted as in section 6.5.2).
     *
     * @param status 100 to 599
     * @param endStream whether nothing follows, not even trailers
     * @throws IllegalArgumentException when a header may not be sent; nothing was sent then
     * @throws StreamGoneException when the stream or its connection is gone
     */
    void headers(int status, WritableHeaders<?> headers, boolean endStream);

    /**
     * Sends bytes of the body; waits until the client's windows for stream and connection and the
     * socket take them. Nothing is kept of the array afterwards.
     *
     * @throws StreamGoneException when the stream or its connection is gone, sending was aborted,
     *     or the client took nothing for as long as the send-stall limit
     */
    void data(byte[] bytes, int offset, int length, boolean endStream);

    /**
     * Sends trailers, which end the stream. Over HTTP/2 only. The rules of {@link #headers(int,
     * WritableHeaders, boolean)} hold.
     *
     * @throws IllegalArgumentException when a trailer may not be sent; nothing was sent then
     * @throws StreamGoneException when the stream or its connection is gone
     */
    void trailers(WritableHeaders<?> trailers);

    /**
     * From any thread, for a deadline: a waiting {@link #data} fails, and so do later ones;
     * trailers may still be sent.
     */
    void abortSend();

    /**
     * Ends the effect of {@link #abortSend()}, for last words: {@link #data} sends again, until
     * sending is aborted again.
     */
    void resumeSend();

    /**
     * Whether a thread that is interrupted while it sends loses the connection, as over HTTP/1.1:
     * nobody may interrupt it then without need.
     */
    default boolean endsByInterrupt() {
        return false;
    }

    /**
     * From any thread: ends the stream at once with RST_STREAM, over HTTP/1.1 by closing the
     * connection. Without effect on a stream that has ended.
     *
     * @param errorCode of RFC 9113, section 7
     */
    void reset(int errorCode);

    /**
     * Runs the action once, on a virtual thread of its own, soon after the client reset the stream
     * or the connection ended, and immediately if that has happened already. A stream that ends in
     * order runs nothing.
     */
    Registration onGone(Runnable action);

    /** Whether the client reset the stream or the connection ended. */
    boolean gone();

    /** Why, where it is: {@link PeerConnection#whyGone}. */
    default CancelCause whyGone() {
        return CancelCause.CLIENT_LEFT;
    }
}
