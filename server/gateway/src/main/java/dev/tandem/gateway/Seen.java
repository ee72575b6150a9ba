package dev.tandem.gateway;

import dev.tandem.runtime.observe.TraceSettings;
import java.util.Optional;

/**
 * What one sees of the gateway.
 *
 * @param metrics is there {@code /metrics}?
 * @param traces where spans go; empty where none are made
 * @param content do spans have what people and models say to each other?
 */
public record Seen(boolean metrics, Optional<TraceSettings> traces, boolean content) {

    /** Metrics, no traces. */
    public static Seen defaults() {
        return new Seen(true, Optional.empty(), false);
    }

    /** With traces, and with content in them or without. */
    public Seen withTraces(Optional<TraceSettings> settings, boolean recordsContent) {
        return new Seen(metrics, settings, recordsContent);
    }
}
