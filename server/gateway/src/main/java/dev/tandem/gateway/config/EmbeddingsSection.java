package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;

/**
 * The embedding model inside the program.
 *
 * @param on is it served?
 * @param threads how many texts are computed at the same time
 */
public record EmbeddingsSection(boolean on, int threads) {
    private static final Key<Boolean> SERVE =
            Key.of(
                            "serve",
                            Types.onOff(),
                            "Serve the embedding model all-MiniLM-L6-v2, which is part of the"
                                    + " program, beside the other.")
                    .variable("TANDEM_EMBEDDINGS")
                    .fallback(true);

    private static final Key<Integer> THREADS =
            Key.of(
                            "threads",
                            Types.integer(1, 512),
                            "How many texts are turned into vectors at the same time, each by a"
                                    + " thread.")
                    .variable("TANDEM_EMBEDDING_THREADS")
                    .fallback(
                            "the processors",
                            inputs -> Math.clamp(inputs.machine().processors(), 1, 512))
                    .example("2");

    /** Its place in the file. */
    public static final Section<EmbeddingsSection> SECTION =
            Section.of(
                    "embeddings",
                    "The embedding model inside the program. [More](embeddings.md).",
                    EmbeddingsSection::read,
                    SERVE,
                    THREADS);

    private static EmbeddingsSection read(Values in) {
        return new EmbeddingsSection(in.get(SERVE), in.get(THREADS));
    }
}
