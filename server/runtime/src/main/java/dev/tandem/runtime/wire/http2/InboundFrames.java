package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.WireSettings;

/**
 * What each frame of a client means to us, before Helidon sees it. On the connection's thread;
 * never blocks.
 *
 * <p>All that concerns streams ends here ({@link Uploads} hands DATA on): Helidon 4.5.0 takes a
 * late RST_STREAM or DATA for an error of the connection, ends calls in progress at the client's
 * GOAWAY, and lets one unread stream stop all others. What concerns no stream goes on to Helidon,
 * once it is known to be well-formed.
 */
final class InboundFrames {
    private final StreamTable streams;
    private final FrameOutput output;
    private final StreamEnds ends;
    private final HelidonFeed feed;
    private final InboundHeaders headers;
    private final Uploads uploads;
    private final ResetBudget resets;
    private final IdleFrames idle;
    private final ClientSettings clientSettings;
    private volatile boolean settingsSeen;
    private volatile boolean clientLeaves;

    InboundFrames(
            Http2Setup setup,
            StreamTable streams,
            FrameOutput output,
            StreamEnds ends,
            HelidonFeed feed) {
        WireSettings settings = setup.settings();
        resets = new ResetBudget(settings.streams().maxResets());
        idle = new IdleFrames(settings.floods().maxIdleFrames(), output.window()::dataSent);
        clientSettings = new ClientSettings(output.credits(), output::clientHasSmallTable);
        uploads = output.uploads();
        headers = new InboundHeaders(setup, streams, output, ends, feed, resets);
        this.streams = streams;
        this.output = output;
        this.ends = ends;
        this.feed = feed;
    }

    /** Whether the client said GOAWAY: the connection ends with its last stream. */
    boolean clientLeaves() {
        return clientLeaves;
    }

    /** Whether the client's first SETTINGS came; from any thread. */
    boolean settingsSeen() {
        return settingsSeen;
    }

    /** Whether a header block has begun and not ended. */
    boolean headersOpen() {
        return headers.open();
    }

    /** Helidon has worked off all that it was given. */
    void helidonHasSeenAll() {
        clientSettings.acknowledged();
        uploads.handOn();
    }

    /**
     * Takes a frame; throws {@link ConnectionError} when the connection must end.
     *
     * @return whether the next frame may come before Helidon has worked off this one
     */
    boolean accept(byte[] frame) {
        int type = Frames.type(frame);
        headers.requireContinuation(frame);
        FrameRules.check(frame);
        if (!clientSettings.seen() && type != Frames.SETTINGS) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "SETTINGS expected first");
        }
        switch (type) {
            case Frames.DATA -> data(frame);
            case Frames.HEADERS, Frames.CONTINUATION -> {
                if (headers.accept(frame)) {
                    idle.streamBegan();
                }
            }
            case Frames.RST_STREAM -> rstStream(frame);
            case Frames.SETTINGS -> settings(frame);
            case Frames.PING -> ping(frame);
            case Frames.GOAWAY -> goAway(frame);
            case Frames.WINDOW_UPDATE -> windowUpdate(frame);
            default -> idle.spend(1); // PRIORITY, which is a hint, and unknown types
        }
        return type != Frames.SETTINGS;
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
            idle.spend(1);
            ends.answerLate(id);
            output.receive().giveBack(length, 0);
        } else if (stream.remoteEnded) {
            reset(stream, ErrorCode.STREAM_CLOSED);
            output.receive().giveBack(length, 0);
        } else {
            dataOf(stream, frame, length);
        }
    }

    private void dataOf(TrackedStream stream, byte[] frame, int length) {
        byte[] payload = Frames.unpadded(frame);
        if (payload == null) {
            throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "padding longer than its frame");
        }
        boolean end = Frames.has(frame, Frames.END_STREAM);
        if (payload.length == 0 && !end) {
            idle.spend(1);
        }
        int kept = 0;
        if (stream.bodyFits(payload.length, end)) {
            kept = stream.inbox().offer(payload, length, end);
            if (kept < 0) {
                reset(stream, ErrorCode.FLOW_CONTROL_ERROR);
            }
        } else {
            reset(stream, ErrorCode.PROTOCOL_ERROR);
        }
        output.receive().giveBack(length, Math.max(kept, 0));
        if (!stream.reset) {
            arrived(stream, payload.length, end);
        }
    }

    private void arrived(TrackedStream stream, int bytes, boolean end) {
        if (end) {
            streams.remoteEnded(stream);
        }
        if (stream instanceof Plain plain) {
            if (bytes > 0) {
                plain.wait.came(bytes);
            }
            if (plain.threadEnded()) {
                ends.resetAfterwards(plain); // there is nobody to take it
            } else {
                uploads.arrived(plain);
            }
        }
    }

    // ---- the other frames of streams

    private void rstStream(byte[] frame) {
        int id = Frames.streamId(frame);
        requireSeen(id, "RST_STREAM");
        TrackedStream stream = streams.find(id);
        if (stream == null || stream.reset) {
            idle.spend(1);
        } else {
            resets.cancelled(stream);
            ends.resetByClient(stream);
        }
    }

    private void windowUpdate(byte[] frame) {
        idle.spend(1);
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

    // ---- frames of the connection

    private void settings(byte[] frame) {
        idle.spend(IdleFrames.SETTINGS);
        feed.pass(clientSettings.accept(frame));
        settingsSeen = clientSettings.seen();
    }

    /**
     * Our own PINGs are answered by having been read; Helidon's answer to the client's is as good
     * as any.
     */
    private void ping(byte[] frame) {
        idle.spend(1);
        if (!Frames.has(frame, Frames.ACK)) {
            feed.pass(frame);
        }
    }

    /** Helidon would end the connection at once; it learns of it when nothing is in progress. */
    private void goAway(byte[] frame) {
        idle.spend(1);
        if (streams.isEmpty()) {
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

    private static void requireWindow(boolean fits) {
        if (!fits) {
            throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "a window above 2^31-1");
        }
    }
}
