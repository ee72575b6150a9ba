package dev.tandem.runtime.wire.http2;

/**
 * The ways in which a stream ends before both sides have ended it in order. From any thread;
 * nothing here blocks.
 */
final class StreamEnds {
    private final StreamTable streams;
    private final FrameOutput output;
    private final HelidonFeed feed;

    StreamEnds(StreamTable streams, FrameOutput output, HelidonFeed feed) {
        this.streams = streams;
        this.output = output;
        this.feed = feed;
    }

    /** The client's RST_STREAM. Of an owned stream Helidon learns nothing. */
    void resetByClient(TrackedStream stream) {
        if (!stream.reset) {
            streams.endedByClient(stream.id);
            tellHelidon(stream);
            gone(stream);
        }
    }

    /** We reset the stream. */
    void reset(TrackedStream stream, int errorCode) {
        if (!stream.reset) {
            streams.endedByUs(stream.id);
            output.reset(stream, errorCode);
            tellHelidon(stream);
            gone(stream);
        }
    }

    /** We reset the stream, if our side has not ended yet. */
    void resetUnlessEnded(TrackedStream stream, int errorCode) {
        if (!stream.localEnded) {
            reset(stream, errorCode);
        }
    }

    /**
     * Resets the plain streams whose thread ended without an answer, which nobody would end
     * otherwise.
     */
    void resetAbandoned() {
        for (TrackedStream stream : streams.all()) {
            if (stream instanceof Plain plain && plain.abandoned()) {
                reset(plain, ErrorCode.INTERNAL_ERROR);
            }
        }
    }

    /** We refuse a stream that was not begun. */
    void refuse(int streamId, int errorCode) {
        streams.endedByUs(streamId);
        output.control(Frames.rstStream(streamId, errorCode));
    }

    /** The handler of an owned stream is through and has ended our side, or the stream is gone. */
    void handled(Owned stream) {
        stream.handlerDone = true;
        if (!stream.remoteEnded && !stream.reset) {
            streams.endedByUs(stream.id);
            output.reset(
                    stream, ErrorCode.NO_ERROR); // RFC 9113, section 8.1: no need to send the rest
        }
        output.receive().taken(stream.inbox.close());
        streams.forget(stream);
    }

    /** The connection ended. */
    void connectionEnded() {
        for (TrackedStream stream : streams.all()) {
            gone(stream);
            if (stream instanceof Plain plain) {
                plain.interruptReader();
            }
        }
    }

    private void tellHelidon(TrackedStream stream) {
        if (stream instanceof Plain && !stream.remoteEnded) {
            feed.resetLater(stream.id);
        }
    }

    private void gone(TrackedStream stream) {
        stream.reset = true;
        stream.goneActions.fire(); // before its handler wakes, ends and forgets them
        if (stream instanceof Owned owned) {
            output.receive().taken(owned.inbox.close());
        }
        output.gone(stream);
        if (stream instanceof Plain) {
            streams.forget(stream);
        }
    }
}
