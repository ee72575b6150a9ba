package dev.tandem.gateway;

import dev.tandem.gateway.cli.CommandException;
import dev.tandem.gateway.cli.EmbeddingLoader;
import dev.tandem.gateway.config.EmbeddingsSection;
import dev.tandem.gateway.config.EngineSection;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.StoreSection;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.onnx.MiniLm;
import dev.tandem.onnx.MiniLmEngine;
import dev.tandem.onnx.MiniLmOptions;
import dev.tandem.onnx.OnnxLibrary;
import java.time.Instant;
import java.util.Optional;

/** Opens all-MiniLM-L6-v2, which is part of the program. */
final class MiniLmLoader implements EmbeddingLoader {

    @Override
    public Optional<ServedModel> open(Settings settings) throws CommandException {
        if (!settings.get(EmbeddingsSection.SECTION).on()) {
            return Optional.empty();
        }
        Optional<String> reason = OnnxLibrary.unusable();
        if (reason.isPresent()) {
            throw new CommandException(
                    "No embeddings: %s. TANDEM_EMBEDDINGS=off keeps this line away."
                            .formatted(reason.get()));
        }
        MiniLmOptions options =
                new MiniLmOptions(
                        settings.get(StoreSection.SECTION).storage().home().resolve("onnxruntime"),
                        settings.get(EmbeddingsSection.SECTION).threads(),
                        1,
                        settings.get(EngineSection.SECTION).queue());
        return Optional.of(
                new ServedModel(
                        MiniLm.NAME, new MiniLmEngine(options), MiniLm.NAME, Instant.now()));
    }
}
