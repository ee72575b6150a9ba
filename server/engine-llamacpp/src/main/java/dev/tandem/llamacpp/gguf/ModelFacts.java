package dev.tandem.llamacpp.gguf;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the engine wants to know of a model before it is loaded.
 *
 * @param architecture as {@code llama}, {@code qwen2}
 * @param contextLength tokens the model was trained with
 * @param kvElementsPerToken numbers that the KV cache keeps for each token, keys and values, over
 *     all layers; an upper bound for models that keep less on some layers
 * @param chatTemplate the model's own Jinja template
 */
public record ModelFacts(
        String architecture,
        @Nullable String name,
        int contextLength,
        int layers,
        int embeddingLength,
        long kvElementsPerToken,
        int vocabularySize,
        long weightBytes,
        @Nullable String chatTemplate) {

    /**
     * Reads the header of a file and checks what llama.cpp takes on trust.
     *
     * @throws BadModelFile where something is missing or cannot be true
     */
    public static ModelFacts read(Path file) {
        GgufFile header = GgufFile.read(file);
        try {
            return new FactsReader(header).read();
        } catch (Malformed e) {
            throw new BadModelFile(file, e.reason(), e);
        }
    }
}
