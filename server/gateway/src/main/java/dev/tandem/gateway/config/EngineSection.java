package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;

/**
 * The engine inside the program.
 *
 * @param context the most tokens of prompt and answer together, for each slot
 * @param slots how many requests run at the same time
 * @param threads how many threads compute
 * @param queue how many requests may wait for a slot
 * @param memoryBytes the most memory for the model and its contexts
 * @param gpu what a GPU does of it
 */
public record EngineSection(
        int context, int slots, int threads, int queue, long memoryBytes, Gpu gpu) {
    /**
     * What a GPU does, where there is one and the library's build knows it.
     *
     * @param layers how many of the model's it computes; -1 for all
     * @param main its number, from 0, where there are several
     */
    public record Gpu(int layers, int main) {
        /** All layers, on the first. */
        public static final Gpu ALL = new Gpu(-1, 0);
    }

    private static final Key<Integer> CONTEXT =
            Key.of(
                            "context",
                            Types.integer(256, 1 << 20),
                            "The most tokens of prompt and answer together, for each request that"
                                    + " runs.")
                    .variable("TANDEM_CONTEXT")
                    .fallback(2048);

    private static final Key<Integer> SLOTS =
            Key.of("slots", Types.integer(1, 64), "How many requests run at the same time.")
                    .variable("TANDEM_SLOTS")
                    .fallback(4);

    private static final Key<Integer> THREADS =
            Key.of(
                            "threads",
                            Types.integer(1, 512),
                            "Threads that compute. As many as there are processors is slower on a"
                                    + " machine that does anything else.")
                    .variable("TANDEM_THREADS")
                    .fallback(
                            "the processors less one, at least 1",
                            inputs -> Math.clamp(inputs.machine().processors() - 1, 1, 512))
                    .example("4");

    private static final Key<Integer> QUEUE =
            Key.of(
                            "queue",
                            Types.integer(0, 10_000),
                            "How many requests may wait for a slot, and how many for embeddings. More"
                                    + " are refused with 503.")
                    .variable("TANDEM_QUEUE")
                    .fallback(64);

    private static final Key<Long> MEMORY =
            Key.of(
                            "memory",
                            Types.bytes(64L << 20, 1L << 40),
                            "The most memory for the model and its contexts. A start that needs more"
                                    + " is refused.")
                    .variable("TANDEM_MEMORY")
                    .fallback(1L << 30);

    private static final Key<Integer> GPU_LAYERS =
            Key.of(
                            "gpu_layers",
                            Types.integer(0, 10_000),
                            "How many layers of the model a GPU computes, with a build of llama.cpp"
                                    + " that knows it (`store.llama_build`).")
                    .variable("TANDEM_GPU_LAYERS")
                    .otherwise("all, where there is a GPU");

    private static final Key<Integer> MAIN_GPU =
            Key.of(
                            "main_gpu",
                            Types.integer(0, 255),
                            "The number of the GPU that computes what is not split between several.")
                    .variable("TANDEM_MAIN_GPU")
                    .fallback(0);

    /** Its place in the file. */
    public static final Section<EngineSection> SECTION =
            Section.of(
                    "engine",
                    "The engine inside the program, llama.cpp.",
                    EngineSection::read,
                    CONTEXT,
                    SLOTS,
                    THREADS,
                    QUEUE,
                    MEMORY,
                    GPU_LAYERS,
                    MAIN_GPU);

    private static EngineSection read(Values in) {
        return new EngineSection(
                in.get(CONTEXT),
                in.get(SLOTS),
                in.get(THREADS),
                in.get(QUEUE),
                in.get(MEMORY),
                new Gpu(in.find(GPU_LAYERS).orElse(Gpu.ALL.layers()), in.get(MAIN_GPU)));
    }
}
