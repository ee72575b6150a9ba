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

    /** Whether a HEADERS frame of this stream waits; guarded by the connection's send lock. */
    boolean headersHeld;

    TrackedStream(int id) {
        this.id = id;
    }

    /** Whether nothing more is expected of the stream, so that it can be forgotten. */
    abstract boolean settled();
}
