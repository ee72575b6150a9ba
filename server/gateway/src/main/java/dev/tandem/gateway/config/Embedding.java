package dev.tandem.gateway.config;

import dev.tandem.store.Machine;

/**
 * The embedding model inside the program.
 *
 * @param on is it served?
 * @param threads how many texts are computed at the same time
 */
public record Embedding(boolean on, int threads) {

    static Embedding read(Reader reader, Machine machine) {
        return new Embedding(
                reader.onOrOff(Key.TANDEM_EMBEDDINGS, true),
                reader.integer(
                        Key.TANDEM_EMBEDDING_THREADS,
                        Math.clamp(machine.processors(), 1, 512),
                        1,
                        512));
    }
}
