package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.gguf.ModelFacts;
import dev.tandem.llamacpp.natives.ContextShape;
import java.lang.management.ManagementFactory;

/**
 * What a model will take, known before it is loaded. All in bytes.
 *
 * @param modelBytes the weights
 * @param kvBytes the KV cache of all slots, in 16-bit numbers; an upper bound for models that keep
 *     less on some layers
 * @param workBytes an estimate of the space for one computation
 * @param budget what may be taken
 * @param contextPerSlot tokens, as they will be
 */
public record MemoryPlan(
        long modelBytes, long kvBytes, long workBytes, long budget, int contextPerSlot, int slots) {
    private static final int DEFAULT_CONTEXT = 4_096;
    private static final int KV_ELEMENT_BYTES = 2;
    private static final int ACTIVATIONS_PER_WIDTH = 16;

    /**
     * Fits the options to the model.
     *
     * @throws BudgetExceeded where it would be too much
     * @throws IllegalArgumentException where the context is longer than the model knows
     */
    static MemoryPlan of(ModelFacts facts, ModelOptions options) {
        int context = context(facts, options.contextPerSlot());
        long perSlot =
                Math.multiplyExact(facts.kvElementsPerToken() * KV_ELEMENT_BYTES, (long) context);
        long kv = Math.multiplyExact(perSlot, (long) options.slots());
        long outputs = (long) Scheduler.MAX_SCORED_PREFILL + options.slots();
        long logits = 2L * outputs * facts.vocabularySize() * Float.BYTES;
        int rows = Scheduler.MAX_PREFILL + options.slots();
        long work =
                logits
                        + (long) rows
                                * facts.embeddingLength()
                                * ACTIVATIONS_PER_WIDTH
                                * Float.BYTES;
        long budget = options.memoryBudget() > 0 ? options.memoryBudget() : machineMemory() / 2;
        var plan = new MemoryPlan(facts.weightBytes(), kv, work, budget, context, options.slots());
        if (plan.totalBytes() > budget) {
            throw new BudgetExceeded(plan.complaint());
        }
        return plan;
    }

    private static int context(ModelFacts facts, int wanted) {
        if (wanted > facts.contextLength()) {
            throw new IllegalArgumentException(
                    "contextPerSlot is "
                            + wanted
                            + ", but the model was trained with "
                            + facts.contextLength()
                            + " tokens; lower it");
        }
        int tokens = wanted == 0 ? Math.min(facts.contextLength(), DEFAULT_CONTEXT) : wanted;
        return Math.ceilDiv(tokens, ContextShape.CONTEXT_STEP) * ContextShape.CONTEXT_STEP;
    }

    private static long machineMemory() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : Long.MAX_VALUE;
    }

    /** All of it. */
    public long totalBytes() {
        return modelBytes + kvBytes + workBytes;
    }

    private String complaint() {
        String what = "the model needs " + describe() + ", more than the budget of " + mega(budget);
        return modelBytes + workBytes >= budget
                ? what + "; raise memoryBudget or take a smaller model"
                : what + "; lower contextPerSlot or slots, or raise memoryBudget";
    }

    /** As in {@code 97 MB weights + 360 MB KV cache (4 slots of 4096 tokens) + 8 MB work space}. */
    public String describe() {
        return mega(modelBytes)
                + " weights + "
                + mega(kvBytes)
                + " KV cache ("
                + slots
                + " slots of "
                + contextPerSlot
                + " tokens) + "
                + mega(workBytes)
                + " work space";
    }

    private static String mega(long bytes) {
        return Math.ceilDiv(bytes, 1_000_000L) + " MB";
    }
}
