package dev.tandem.gateway.model;

import dev.tandem.engines.Engine;
import dev.tandem.engines.Refusal;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.v1.Capability;
import dev.tandem.v1.Model;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One model that requests can name.
 *
 * @param name what requests call it, and answers too
 * @param engine what answers
 * @param engineModel the engine's own name for it
 * @param created when it was made known to this server
 */
public record ServedModel(String name, Engine engine, String engineModel, Instant created) {

    /**
     * The engine, for a request that needs this of it.
     *
     * @throws ApiException {@code unsupported_value} where the engine cannot do it
     */
    public Engine engine(Capability wanted) {
        if (!engine.capabilities().contains(wanted)) {
            throw cannot(wanted);
        }
        return engine;
    }

    private ApiException cannot(Capability wanted) {
        String what =
                switch (wanted) {
                    case CAPABILITY_CHAT -> "answer conversations";
                    case CAPABILITY_COMPLETION -> "continue texts";
                    case CAPABILITY_EMBEDDING -> "make embeddings";
                    case CAPABILITY_RERANK -> "rank documents";
                    case CAPABILITY_TOKENIZE -> "tell its tokens";
                    default -> throw new IllegalArgumentException(wanted.name());
                };
        return Refusal.unsupportedValue(
                "model",
                "The model '%s' cannot %s, only: %s. GET /v1/models tells what each model can do."
                        .formatted(name, what, words(engine.capabilities())));
    }

    private static String words(Collection<Capability> capabilities) {
        return new TreeSet<>(capabilities)
                .stream()
                        .map(Capability::name)
                        .map(word -> word.substring("CAPABILITY_".length()))
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }

    /** As the list of models shows it. */
    public Model describe() {
        Model.Builder model =
                Model.newBuilder()
                        .setId(name)
                        .setCreated(created.getEpochSecond())
                        .setOwnedBy(engine.owner())
                        .addAllCapabilities(new TreeSet<>(engine.capabilities()));
        engine.contextLength().ifPresent(model::setContextLength);
        return model.build();
    }
}
