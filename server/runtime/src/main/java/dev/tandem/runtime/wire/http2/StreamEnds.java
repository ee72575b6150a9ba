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

    /** Nobody works for the plain stream any more: ends it, with its answer or without. */
    void resetAfterwards(Plain stream) {
        if (stream.abandoned()) {
            reset(stream, stream.remoteEnded ? ErrorCode.INTERNAL_ERROR : ErrorCode.CANCEL);
        } else if (stream.localEnded && !stream.settled()) {
            if (stream.remoteEnded) {
                tellHelidon(stream);
                gone(stream);
            } else {
                reset(stream, ErrorCode.NO_ERROR);
            }
        }
    }

    /**
     * Looks after the plain streams: ends those that nobody would end otherwise, because their
     * thread is through or because their body does not come, and wakes their senders.
     */
    void sweep(long now) {
        for (TrackedStream stream : streams.all()) {
            if (stream instanceof Plain plain) {
                if (plain.threadEnded()) {
                    resetAfterwards(plain);
                } else if (plain.restOverdue(now)) {
                    plain.interruptReader(); // the stream is reset when its thread is through
                } else if (plain.bodyOverdue(now)) {
                    giveUpBody(plain);
                } else {
                    output.nudge(plain);
                }
            }
        }
    }

    /** The body takes too long: who reads it answers. */
    private void giveUpBody(Plain plain) {
        if (!plain.tellReader()) {
            reset(plain, ErrorCode.CANCEL);
        }
        plain.interruptReader();
    }

    /** A frame came for a stream that ended early: answered once a stream at most. */
    void answerLate(int id) {
        if (streams.answerLate(id)) {
            output.control(Frames.rstStream(id, ErrorCode.STREAM_CLOSED));
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
        streams.workEnded(stream.id);
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
            tellHelidon(stream);
            gone(stream);
        }
    }

    private void tellHelidon(TrackedStream stream) {
        if (stream instanceof Plain plain) {
            feed.resetLater(plain);
        }
    }

    private void gone(TrackedStream stream) {
        stream.reset = true;
        stream.goneActions.fire(); // before its handler wakes, ends and forgets them
        if (stream instanceof Owned owned) {
            output.receive().taken(owned.inbox.close());
        }
        output.gone(stream);
        streams.leftAtWork(stream);
        if (stream instanceof Plain) {
            streams.forget(stream);
        }
    }
}
