package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.GoneActions;

/** One HTTP/2 stream as our wire sees it, from its HEADERS to the end of both sides or a reset. */
abstract sealed class TrackedStream permits Owned, Plain {
    final int id;
    final GoneActions goneActions = new GoneActions();

    /** The client's END_STREAM arrived. */
    volatile boolean remoteEnded;

    /** Our END_STREAM is on its way. */
    volatile boolean localEnded;

    /** RST_STREAM went one way or the other, or the connection ended. */
    volatile boolean reset;

    /** Something of the answer has left for the socket. */
    volatile boolean answered;

    /** When its HEADERS came, in {@link System#nanoTime()}. */
    final long since = System.nanoTime();

    /**
     * Bytes of the body that are still to come by the request's content-length; -1 where it has
     * none. On the connection's thread.
     */
    long bodyLeft = -1;

    /** Whether it still takes one of the client's places; guarded by {@link StreamTable}. */
    boolean takesPlace;

    /** Whether a HEADERS frame of this stream waits; guarded by the connection's send lock. */
    boolean headersHeld;

    TrackedStream(int id) {
        this.id = id;
    }

    /**
     * Notes what came of the body; false when it is not as long as the request said, which makes
     * the request malformed (RFC 9113, section 8.1.1).
     */
    boolean bodyFits(int bytes, boolean end) {
        if (bodyLeft < 0) {
            return true;
        }
        bodyLeft -= bytes;
        return end ? bodyLeft == 0 : bodyLeft >= 0;
    }

    /** Whether nothing more is expected of the stream, so that it can be forgotten. */
    abstract boolean settled();

    /** What arrived of the request's body and was not taken yet. */
    abstract Inbox inbox();

    /** The stream left the table. */
    void forgotten() {
        // nothing is kept of it
    }

    /** Whether nobody works for the stream any more. */
    abstract boolean handlerEnded();
}
