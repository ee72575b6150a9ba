package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.ContextShape;
import dev.tandem.runtime.admission.Capacity;
import java.time.Duration;

/**
 * How a model is run.
 *
 * @param contextPerSlot tokens of prompt and completion that each slot holds, rounded up to 256; 0
 *     takes what the model was trained with, 4,096 at most
 * @param slots requests (choices) computed at the same time, 1 to 256
 * @param threads computing threads; leave a core for everything else, as they wait by spinning
 * @param queueLimit requests that may wait for a slot
 * @param memoryBudget bytes for weights, KV cache and work space; 0 takes half of the machine's
 *     memory
 * @param gpuLayers layers for the GPU, -1 for all; without effect where there is none
 * @param mainGpu the number of the GPU that computes what is not split between several, from 0
 * @param longestWait a request that is expected to wait longer for a slot is refused; zero is no
 *     limit
 */
public record ModelOptions(
        int contextPerSlot,
        int slots,
        int threads,
        int queueLimit,
        long memoryBudget,
        int gpuLayers,
        int mainGpu,
        Duration longestWait) {

    /** Refuses what is out of range, with a message that names the option. */
    public ModelOptions {
        require(contextPerSlot >= 0, "contextPerSlot must not be negative");
        require(
                slots >= 1 && slots <= ContextShape.MAX_SEQUENCES,
                "slots must be from 1 to " + ContextShape.MAX_SEQUENCES);
        require(threads >= 1 && threads <= 512, "threads must be from 1 to 512");
        require(queueLimit >= 0, "queueLimit must not be negative");
        require(memoryBudget >= 0, "memoryBudget must not be negative");
        require(gpuLayers >= -1, "gpuLayers must be at least -1");
        require(mainGpu >= 0, "mainGpu must not be negative");
    }

    /** Four slots, all cores but one. */
    public static ModelOptions defaults() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        return new ModelOptions(0, 4, threads, 64, 0, -1, 0, Duration.ZERO);
    }

    /** The same with another context. */
    public ModelOptions withContextPerSlot(int tokens) {
        return new ModelOptions(
                tokens, slots, threads, queueLimit, memoryBudget, gpuLayers, mainGpu, longestWait);
    }

    /** The same with another number of slots. */
    public ModelOptions withSlots(int count) {
        return new ModelOptions(
                contextPerSlot,
                count,
                threads,
                queueLimit,
                memoryBudget,
                gpuLayers,
                mainGpu,
                longestWait);
    }

    /** The same with another number of threads. */
    public ModelOptions withThreads(int count) {
        return new ModelOptions(
                contextPerSlot,
                slots,
                count,
                queueLimit,
                memoryBudget,
                gpuLayers,
                mainGpu,
                longestWait);
    }

    /** The same with another queue. */
    public ModelOptions withQueueLimit(int requests) {
        return new ModelOptions(
                contextPerSlot,
                slots,
                threads,
                requests,
                memoryBudget,
                gpuLayers,
                mainGpu,
                longestWait);
    }

    /** The same with another budget. */
    public ModelOptions withMemoryBudget(long bytes) {
        return new ModelOptions(
                contextPerSlot, slots, threads, queueLimit, bytes, gpuLayers, mainGpu, longestWait);
    }

    /** The same with other layers on the GPU. */
    public ModelOptions withGpuLayers(int layers) {
        return new ModelOptions(
                contextPerSlot,
                slots,
                threads,
                queueLimit,
                memoryBudget,
                layers,
                mainGpu,
                longestWait);
    }

    /** The same with another main GPU. */
    public ModelOptions withMainGpu(int number) {
        return new ModelOptions(
                contextPerSlot,
                slots,
                threads,
                queueLimit,
                memoryBudget,
                gpuLayers,
                number,
                longestWait);
    }

    /** The same with another wait. */
    public ModelOptions withLongestWait(Duration time) {
        return new ModelOptions(
                contextPerSlot, slots, threads, queueLimit, memoryBudget, gpuLayers, mainGpu, time);
    }

    /** How many requests have slots, and how many wait for them. */
    Capacity capacity() {
        return new Capacity(slots, queueLimit, longestWait);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
