package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.StreamOwnership;
import dev.tandem.runtime.wire.connection.WireSettings;
import java.util.Arrays;

/**
 * What each frame of a client means to us, before Helidon sees it. On the connection's thread;
 * never blocks.
 *
 * <p>All that concerns streams ends here, but for the DATA of plain ones: Helidon 4.5.0 takes a
 * late RST_STREAM or DATA for an error of the connection, ends calls in progress at the client's
 * GOAWAY, and lets one unread stream stop all others. What is malformed and concerns no stream goes
 * on to Helidon, which answers it.
 */
final class InboundFrames {
    private static final byte[] NOTHING = new byte[0];

    private final WireSettings.Streams settings;
    private final StreamOwnership ownership;
    private final StreamTable streams;
    private final FrameOutput output;
    private final StreamEnds ends;
    private final HelidonFeed feed;
    private final HeaderBlock block = new HeaderBlock();
    private final HeadDecoder decoder = new HeadDecoder();
    private final ResetBudget resets;
    private final ClientSettings clientSettings;
    private volatile boolean clientLeaves;

    InboundFrames(
            Http2Setup setup,
            StreamTable streams,
            FrameOutput output,
            StreamEnds ends,
            HelidonFeed feed) {
        settings = setup.settings().streams();
        ownership = setup.ownership();
        resets = new ResetBudget(settings.maxResets());
        clientSettings = new ClientSettings(output.credits());
        this.streams = streams;
        this.output = output;
        this.ends = ends;
        this.feed = feed;
    }

    /** Whether the client said GOAWAY: the connection ends with its last stream. */
    boolean clientLeaves() {
        return clientLeaves;
    }

    /** Takes a frame; throws {@link ConnectionError} when the connection must end. */
    void accept(byte[] frame) {
        int type = Frames.type(frame);
        boolean continues =
                type == Frames.CONTINUATION && Frames.streamId(frame) == block.streamId();
        if (block.open() && !continues) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "CONTINUATION expected");
        }
        if (!clientSettings.seen() && type != Frames.SETTINGS) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "SETTINGS expected first");
        }
        switch (type) {
            case Frames.DATA -> data(frame);
            case Frames.HEADERS, Frames.CONTINUATION -> headers(frame);
            case Frames.RST_STREAM -> rstStream(frame);
            case Frames.SETTINGS -> feed.pass(clientSettings.accept(frame));
            case Frames.PING -> ping(frame);
            case Frames.GOAWAY -> goAway(frame);
            case Frames.WINDOW_UPDATE -> windowUpdate(frame);
            default -> feed.pass(frame);
        }
    }

    // ---- DATA

    private void data(byte[] frame) {
        int id = Frames.streamId(frame);
        int length = Frames.payloadLength(frame);
        requireSeen(id, "DATA");
        if (!output.receive().arrived(length)) {
            throw new ConnectionError(
                    ErrorCode.FLOW_CONTROL_ERROR, "more than the connection's window");
        }
        TrackedStream stream = streams.find(id);
        if (stream == null || stream.reset) {
            answerLate(id);
            output.receive().giveBack(length, 0);
        } else if (stream.remoteEnded) {
            reset(stream, ErrorCode.STREAM_CLOSED);
            output.receive().giveBack(length, 0);
        } else {
            switch (stream) {
                case Owned owned -> dataOf(owned, frame, length);
                case Plain plain -> dataOf(plain, frame, length);
            }
        }
    }

    private void dataOf(Owned stream, byte[] frame, int length) {
        byte[] payload = Frames.unpadded(frame);
        if (payload == null) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "padding longer than its frame");
        }
        boolean end = Frames.has(frame, Frames.END_STREAM);
        int kept = stream.inbox.offer(payload, length, end);
        if (kept < 0) {
            reset(stream, ErrorCode.FLOW_CONTROL_ERROR);
        } else if (end) {
            streams.remoteEnded(stream);
        }
        output.receive().giveBack(length, Math.max(kept, 0));
    }

    private void dataOf(Plain stream, byte[] frame, int length) {
        // Helidon 4.5.0 would queue it for nobody, until its connection thread waits for ever
        if (stream.threadEnded()) {
            output.receive().giveBack(length, 0);
            if (stream.localEnded || !stream.endWritten) {
                ends.reset(stream, stream.localEnded ? ErrorCode.NO_ERROR : ErrorCode.CANCEL);
            }
            return;
        }
        feed.pass(frame);
        if (Frames.has(frame, Frames.END_STREAM)) {
            streams.remoteEnded(stream);
        }
    }

    // ---- HEADERS

    private void headers(byte[] frame) {
        byte[] whole = block.add(frame);
        if (whole == null) {
            return;
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
            begin(id, head);
        }
    }

    private void begin(int id, RequestHead head) {
        boolean taken = streams.begin(id);
        if (!taken || streams.size() >= 2 * settings.maxConcurrent()) {
            ends.refuse(id, ErrorCode.REFUSED_STREAM);
        } else if (!decoder.isRequest(head)) {
            resets.spend();
            ends.refuse(id, ErrorCode.PROTOCOL_ERROR);
        } else if (head.size() > settings.maxHeaderBytes()) {
            ends.refuse(id, ErrorCode.ENHANCE_YOUR_CALM);
        } else if (ownership.owns(head.method(), head.path(), head.contentType())) {
            Inbox inbox = new Inbox(settings.window());
            open(new Owned(head, id, inbox, output.window()), HeadEncoder.placeholder(id));
        } else {
            open(new Plain(id), HeadEncoder.encode(head, id, block.endStream()));
        }
    }

    private void open(TrackedStream stream, byte[] headersForHelidon) {
        output.credits().open(stream);
        feed.pass(headersForHelidon);
        if (block.endStream()) {
            endRemote(stream);
        }
    }

    private void endRemote(TrackedStream stream) {
        if (stream instanceof Owned owned) {
            var _ = owned.inbox.offer(NOTHING, 0, true);
        }
        streams.remoteEnded(stream);
    }

    private void trailers(TrackedStream stream, RequestHead head) {
        if (stream.remoteEnded) {
            reset(stream, ErrorCode.STREAM_CLOSED);
        } else if (!block.endStream() || head.hasPseudoHeaders()) {
            reset(stream, ErrorCode.PROTOCOL_ERROR);
        } else {
            if (stream instanceof Plain) { // Helidon ignores trailers; the end is all that it needs
                feed.pass(Frames.frame(Frames.DATA, Frames.END_STREAM, stream.id, NOTHING));
            }
            endRemote(stream);
        }
    }

    private void late(int id) {
        if (streams.endedEarly(id)) {
            answerLate(id);
        } else if (id == streams.lastSeen()) {
            throw new ConnectionError(ErrorCode.STREAM_CLOSED, "HEADERS for a stream that ended");
        } else {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a stream id below the last one");
        }
    }

    // ---- the other frames of streams

    private void rstStream(byte[] frame) {
        requireLength(frame, 4);
        int id = Frames.streamId(frame);
        requireSeen(id, "RST_STREAM");
        resets.spend();
        TrackedStream stream = streams.find(id);
        if (stream != null) {
            ends.resetByClient(stream);
        }
    }

    private void windowUpdate(byte[] frame) {
        requireLength(frame, 4);
        int id = Frames.streamId(frame);
        int increment = Frames.int32(frame, Frames.HEADER) & Integer.MAX_VALUE;
        if (id == 0) {
            if (increment == 0) {
                throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "WINDOW_UPDATE of 0");
            }
            requireWindow(output.credits().connection(increment));
            return;
        }
        requireSeen(id, "WINDOW_UPDATE");
        TrackedStream stream = streams.find(id);
        if (stream == null || stream.reset) {
            return;
        }
        if (increment == 0) {
            reset(stream, ErrorCode.PROTOCOL_ERROR);
        } else if (!output.credits().stream(stream, increment)) {
            reset(stream, ErrorCode.FLOW_CONTROL_ERROR);
        }
    }

    private void reset(TrackedStream stream, int errorCode) {
        resets.spend();
        ends.reset(stream, errorCode);
    }

    private void answerLate(int id) {
        if (streams.answerLate(id)) {
            output.control(Frames.rstStream(id, ErrorCode.STREAM_CLOSED));
        }
    }

    // ---- frames of the connection

    /**
     * Our own PINGs are answered by having been read; Helidon's answer to the client's is as good
     * as any.
     */
    private void ping(byte[] frame) {
        boolean ours = Frames.has(frame, Frames.ACK) && Frames.payloadLength(frame) == 8;
        if (!ours || Frames.streamId(frame) != 0) {
            feed.pass(frame);
        }
    }

    /** Helidon would end the connection at once; it learns of it when nothing is in progress. */
    private void goAway(byte[] frame) {
        boolean wellFormed = Frames.streamId(frame) == 0 && Frames.payloadLength(frame) >= 8;
        if (!wellFormed || streams.isEmpty()) {
            feed.pass(frame);
        } else {
            clientLeaves = true;
        }
    }

    // ---- rules

    private void requireSeen(int id, String frame) {
        if (!streams.seen(id)) {
            throw new ConnectionError(
                    ErrorCode.PROTOCOL_ERROR, frame + " for stream " + id + ", which is not open");
        }
    }

    private static void requireLength(byte[] frame, int length) {
        if (Frames.payloadLength(frame) != length) {
            throw new ConnectionError(
                    ErrorCode.FRAME_SIZE_ERROR, Arrays.toString(Arrays.copyOf(frame, 9)));
        }
    }

    private static void requireWindow(boolean fits) {
        if (!fits) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "a window above 2^31-1");
        }
    }
}
