package dev.tandem.gateway.engine;

import java.util.List;
import java.util.Optional;

/** Every kind of engine. */
final class Kinds {
    /** That of the model which is served where the configuration names none. */
    static final LlamaKind LLAMA = new LlamaKind();

    /** In the order of the documentation. */
    static final List<Kind<?>> ALL =
            List.of(
                    new OpenAiKind(),
                    new AnthropicKind(),
                    new OllamaKind(),
                    new BedrockKind(),
                    new TandemKind(),
                    LLAMA);

    private Kinds() {}

    static Optional<Kind<?>> named(String name) {
        return ALL.stream()
                .<Kind<?>>map(kind -> kind)
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }
}
