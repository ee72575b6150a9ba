package dev.tandem.upstream.ollama;

import dev.tandem.upstream.ask.JsonObject;

/** What the configuration adds to every request of a model. */
final class Options {
    private final OllamaSettings settings;

    Options(OllamaSettings settings) {
        this.settings = settings;
    }

    /** Sets {@code options} and {@code keep_alive}. */
    void into(JsonObject body, JsonObject options) {
        settings.model().contextLength().ifPresent(tokens -> options.put("num_ctx", tokens));
        if (!options.isEmpty()) {
            body.put("options", options);
        }
        settings.dialect()
                .keepAlive()
                .ifPresent(time -> body.put("keep_alive", time.toSeconds() + "s"));
    }
}
