package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http2.Http2Config;

/** What all HTTP/2 connections of a port have in common. */
record Http2Setup(
        WireSettings settings,
        StreamOwnership ownership,
        StreamHandler handler,
        Http2Config helidon) {
    private static final int SWITCHED_OFF = -1;

    /**
     * With a window below four frames Helidon 4.5.0 gives room back for each frame that is read,
     * not for half a window at a time: {@link Uploads} counts on that.
     */
    private static final int BELOW_FOUR_FRAMES = 65_535;

    static Http2Setup of(WireSettings settings, StreamOwnership ownership, StreamHandler handler) {
        Http2Config helidon =
                Http2Config.builder()
                        .initialWindowSize(BELOW_FOUR_FRAMES) // FrameOutput tells clients ours
                        .maxFrameSize(Frames.MAX_PAYLOAD)
                        .maxConcurrentStreams(Integer.MAX_VALUE) // StreamTable counts instead
                        .maxEmptyFrames(Integer.MAX_VALUE) // IdleFrames counts instead
                        .maxRapidResets(SWITCHED_OFF) // ResetBudget counts instead
                        .flowControlTimeout(settings.sending().stallLimit())
                        .build();
        return new Http2Setup(settings, ownership, handler, helidon);
    }
}
