package dev.tandem.gateway;

import dev.tandem.runtime.observe.TraceSettings;
import java.util.Optional;

/**
 * What one sees of the gateway.
 *
 * @param metrics is there {@code /metrics}?
 * @param traces where spans go; empty where none are made
 * @param content do spans have what people and models say to each other?
 * @param chatPage is there a page to talk with the models?
 */
public record Seen(
        boolean metrics, Optional<TraceSettings> traces, boolean content, boolean chatPage) {

    /** Metrics and the page, no traces. */
    public static Seen defaults() {
        return new Seen(true, Optional.empty(), false, true);
    }

    /** With traces, and with content in them or without. */
    public Seen withTraces(Optional<TraceSettings> settings, boolean recordsContent) {
        return new Seen(metrics, settings, recordsContent, chatPage);
    }

    /** With the page, or without. */
    public Seen withChatPage(boolean served) {
        return new Seen(metrics, traces, content, served);
    }
}
