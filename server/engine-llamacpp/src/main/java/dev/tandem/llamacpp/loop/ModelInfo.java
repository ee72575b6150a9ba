package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.gguf.ModelFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a loaded model is.
 *
 * @param architecture as {@code llama}, {@code qwen2}
 * @param name as its file calls it
 * @param contextTrained tokens it was trained with
 * @param contextPerSlot tokens that a request may have here
 */
public record ModelInfo(
        String architecture,
        @Nullable String name,
        int contextTrained,
        int contextPerSlot,
        int slots,
        int vocabularySize) {

    static ModelInfo of(ModelFacts facts, MemoryPlan plan) {
        return new ModelInfo(
                facts.architecture(),
                facts.name(),
                facts.contextLength(),
                plan.contextPerSlot(),
                plan.slots(),
                facts.vocabularySize());
    }
}
