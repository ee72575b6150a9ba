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
    private static final int ABOVE_OURS = 4;

    static Http2Setup of(WireSettings settings, StreamOwnership ownership, StreamHandler handler) {
        WireSettings.Streams streams = settings.streams();
        Http2Config helidon =
                Http2Config.builder()
                        .initialWindowSize(
                                streams.window()) // must be what FrameOutput tells clients
                        .maxFrameSize(Frames.MAX_PAYLOAD)
                        .maxConcurrentStreams((long) ABOVE_OURS * streams.maxConcurrent())
                        .maxRapidResets(SWITCHED_OFF) // ResetBudget counts instead
                        .flowControlTimeout(settings.sending().stallLimit())
                        .build();
        return new Http2Setup(settings, ownership, handler, helidon);
    }
}
