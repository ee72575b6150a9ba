package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.model.ServedModel;
import java.util.Optional;

/** Opens the embedding model inside the program. */
@FunctionalInterface
public interface EmbeddingLoader {
    /**
     * Opens the model, which is loaded by its first request.
     *
     * @return empty where the settings want none; its engine is closed by the caller
     * @throws CommandException where this machine cannot run it; it is served without
     */
    Optional<ServedModel> open(Settings settings) throws CommandException;
}
