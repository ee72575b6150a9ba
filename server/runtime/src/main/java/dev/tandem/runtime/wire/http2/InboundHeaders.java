package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import dev.tandem.runtime.wire.connection.WireSettings;

/**
 * HEADERS and CONTINUATION frames of a client: the streams they begin or end. On the connection's
 * thread; never blocks.
 */
final class InboundHeaders {
    private static final byte[] NOTHING = new byte[0];

    private final WireSettings.Streams settings;
    private final WireSettings.Patience patience;
    private final StreamOwnership ownership;
    private final StreamTable streams;
    private final FrameOutput output;
    private final StreamEnds ends;
    private final HelidonFeed feed;
    private final ResetBudget resets;
    private final HeaderBlock block;
    private final HeadDecoder decoder = new HeadDecoder();

    InboundHeaders(
            Http2Setup setup,
            StreamTable streams,
            FrameOutput output,
            StreamEnds ends,
            HelidonFeed feed,
            ResetBudget resets) {
        settings = setup.settings().streams();
        patience = setup.settings().patience();
        ownership = setup.ownership();
        block = new HeaderBlock(setup.settings().floods().maxHeaderFrames());
        this.streams = streams;
        this.output = output;
        this.ends = ends;
        this.feed = feed;
        this.resets = resets;
    }

    /** Whether a block has begun and not ended. */
    boolean open() {
        return block.open();
    }

    /** Throws where the frame may not come inside a block (RFC 9113, section 6.10). */
    void requireContinuation(byte[] frame) {
        boolean continues =
                Frames.type(frame) == Frames.CONTINUATION
                        && Frames.streamId(frame) == block.streamId();
        if (block.open() && !continues) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "CONTINUATION expected");
        }
    }

    /** Takes a frame; returns whether a stream began with it. */
    boolean accept(byte[] frame) {
        byte[] whole = block.add(frame);
        if (whole == null) {
            return false;
        }
        int id = block.streamId();
        RequestHead head = decoder.decode(whole);
        TrackedStream stream = streams.find(id);
        if (stream != null && !stream.reset) {
            trailers(stream, head);
        } else if (streams.seen(id)) {
            late(id);
        } else if ((id & 1) == 0) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a client's streams are odd");
        } else {
            return begin(id, head);
        }
        return false;
    }

    private boolean begin(int id, RequestHead head) {
        if (!streams.begin(id)) {
            resets.spend();
            ends.refuse(id, ErrorCode.REFUSED_STREAM);
        } else if (streams.placesTaken() >= settings.maxConcurrent()
                || streams.leftAtWork() >= settings.maxConcurrent()) {
            resets.spend();
            ends.refuse(id, ErrorCode.REFUSED_STREAM);
        } else if (!decoder.isRequest(head)) {
            resets.spend();
            ends.refuse(id, ErrorCode.PROTOCOL_ERROR);
        } else {
            open(stream(id, head), head);
            return true;
        }
        return false;
    }

    private TrackedStream stream(int id, RequestHead head) {
        Inbox inbox = new Inbox(settings.window());
        if (head.size() > settings.maxHeaderBytes()) {
            return new Owned(id, head.withoutFields(), tooLarge(), inbox, output.window());
        }
        return ownership.owns(head.method(), head.path(), head.headers())
                ? new Owned(id, head, null, inbox, output.window())
                : new Plain(id, inbox, output.receive(), patience);
    }

    private ApiError tooLarge() {
        return ApiError.of(
                Reasons.HEADERS_TOO_LARGE,
                "The request's headers are more than the "
                        + settings.maxHeaderBytes()
                        + " bytes that this server takes.");
    }

    private void open(TrackedStream stream, RequestHead head) {
        stream.bodyLeft = head.contentLength();
        if (!stream.bodyFits(0, block.endStream())) {
            resets.spend();
            ends.refuse(stream.id, ErrorCode.PROTOCOL_ERROR);
            return;
        }
        output.credits().open(stream);
        switch (stream) {
            case Owned owned -> feed.pass(HeadEncoder.placeholder(owned.id));
            case Plain plain -> {
                plain.endHanded = block.endStream();
                feed.pass(HeadEncoder.encode(head, plain.id, block.endStream()));
            }
        }
        if (block.endStream()) {
            endRemote(stream);
        }
    }

    private void endRemote(TrackedStream stream) {
        var _ = stream.inbox().offer(NOTHING, 0, true);
        streams.remoteEnded(stream);
    }

    private void trailers(TrackedStream stream, RequestHead head) {
        if (stream.remoteEnded) {
            reset(stream, ErrorCode.STREAM_CLOSED);
        } else if (!block.endStream()
                || !head.wellFormed()
                || head.hasPseudoHeaders()
                || !stream.bodyFits(0, true)) {
            reset(stream, ErrorCode.PROTOCOL_ERROR);
        } else {
            endRemote(stream);
            if (stream instanceof Plain plain) { // Helidon ignores trailers; it needs the end only
                output.uploads().arrived(plain);
            }
        }
    }

    private void late(int id) {
        if (streams.endedEarly(id)) {
            ends.answerLate(id);
        } else if (id == streams.lastSeen()) {
            throw new ConnectionError(ErrorCode.STREAM_CLOSED, "HEADERS for a stream that ended");
        } else {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a stream id below the last one");
        }
    }

    private void reset(TrackedStream stream, int errorCode) {
        resets.spend();
        ends.reset(stream, errorCode);
    }
}
