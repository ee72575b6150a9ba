package dev.tandem.runtime.wire.connection;

import dev.tandem.runtime.call.CancelCause;
import java.io.Serial;

/**
 * Nothing more can be sent on a stream. Not a defect: the client left, stopped reading, or the
 * call's time is up.
 */
public final class StreamGoneException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** Why nothing can be sent. */
    public enum Reason {
        /** The client sent RST_STREAM, or we did. */
        RESET,
        /** The connection ended. */
        CONNECTION_ENDED,
        /** {@link OwnedStream#abortSend()} was called; trailers may still be sent. */
        ABORTED,
        /**
         * The client took no byte for as long as the send-stall limit; trailers may still be sent.
         */
        STALLED
    }

    private final Reason reason;

    /** An exception without stack trace: these are frequent and say nothing about our code. */
    public StreamGoneException(Reason reason) {
        super(text(reason), null, false, false);
        this.reason = reason;
    }

    /** Why nothing can be sent. */
    public Reason reason() {
        return reason;
    }

    /** Why the call of this stream is over. */
    public CancelCause cause(OwnedStream stream) {
        return reason == Reason.STALLED ? CancelCause.STALLED : stream.whyGone();
    }

    private static String text(Reason reason) {
        return switch (reason) {
            case RESET -> "the stream was reset";
            case CONNECTION_ENDED -> "the connection ended";
            case ABORTED -> "sending was aborted; only trailers may follow";
            case STALLED -> "the client took no data for as long as the send-stall limit";
        };
    }
}
