package dev.tandem.gateway.engine;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a model inside the program is run. What is empty is as the section {@code engine} has it.
 *
 * @param source where its file is; empty for that of {@code store.model}, or the default model
 * @param sums what its file's SHA-256 must be, where it is fetched
 * @param context tokens of prompt and answer together, for each slot
 * @param slots requests that run at once
 * @param threads that compute
 * @param queue requests that may wait for a slot
 * @param memory the most bytes for the model and its contexts
 * @param gpuLayers layers for the GPU, -1 for all
 * @param place in which process it runs
 */
public record LlamaSettings(
        Optional<Source> source,
        Optional<String> sums,
        OptionalInt context,
        OptionalInt slots,
        OptionalInt threads,
        OptionalInt queue,
        OptionalLong memory,
        OptionalInt gpuLayers,
        Place place) {
    /** All as the section {@code engine} has it. */
    public static final LlamaSettings NONE =
            new LlamaSettings(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    Place.INSIDE);

    /** In which process a model runs. */
    public enum Place {
        /** In this one. */
        INSIDE,
        /** In a child, which is started again where it ends. */
        CHILD
    }

    /** Where a model's file is. */
    public sealed interface Source {
        /** On this machine. */
        record Local(Path path) implements Source {}

        /** To be fetched over https, once. */
        record Remote(URI address) implements Source {}
    }
}
