package dev.tandem.upstream.anthropic;

import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Told;
import java.util.ArrayList;
import java.util.List;

/**
 * What the model thought, signed, as a later request has to give it back. Bounded as the answer is.
 * Used by one thread.
 */
final class Thoughts {
    private final List<JsonObject> blocks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();

    void begin() {
        text.setLength(0);
        signature.setLength(0);
    }

    void think(String more) {
        text.append(more);
    }

    void sign(String more) {
        signature.append(more);
    }

    /** A thought is whole; one without signature could not be given back. */
    void end() {
        if (!signature.isEmpty()) {
            blocks.add(
                    JsonObject.of("type", "thinking")
                            .put("thinking", text.toString())
                            .put("signature", signature.toString()));
        }
    }

    /** A thought that only the server can read. */
    void redacted(Told block) {
        blocks.add(JsonObject.of("type", "redacted_thinking").put("data", block.text("data")));
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    String json() {
        return JsonObject.text(blocks);
    }
}
