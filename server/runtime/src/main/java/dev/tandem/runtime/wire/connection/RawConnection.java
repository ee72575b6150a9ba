package dev.tandem.runtime.wire.connection;

import dev.tandem.runtime.call.CancelCause;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection that speaks another protocol from now on: bytes as they come and go. One
 * thread reads and one at a time writes; neither may be interrupted meanwhile, since that ends the
 * connection. The other methods are for any thread and do not block.
 */
public interface RawConnection {
    /**
     * The client's next bytes, waiting for them; null at the end of its side, and where it was
     * given up because it was {@link #late()}.
     *
     * @param owed whether the client has begun something that it must end now: then it may pause no
     *     longer than within a request's body, and be no slower
     */
    byte @Nullable [] read(boolean owed);

    /** What the client owes from now on is something new: its pace is counted afresh. */
    void begin();

    /** Did the client not send in time what it owed? */
    boolean late();

    /**
     * Writes; waits until the socket has taken all. Nothing is kept of the array.
     *
     * @throws java.io.UncheckedIOException or another exception of Helidon's where the client is
     *     gone
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Nobody reads any more, although the client may go on to send: at the connection's end that is
     * dropped for a moment, so that the client gets to read what was written last. For the thread
     * that reads.
     */
    void refuse();

    /** Lets a read in progress, and each one after it, meet the end of the input. */
    void endInput();

    /** Ends our side, and soon after the client's. */
    void end();

    /** Why a client that counts as gone is. */
    CancelCause whyGone();
}
