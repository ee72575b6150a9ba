package dev.tandem.gateway.config;

import dev.tandem.store.Machine;

/**
 * The engine inside the program.
 *
 * @param context the most tokens of prompt and answer together, for each slot
 * @param slots how many requests run at the same time
 * @param threads how many threads compute
 * @param queue how many requests may wait for a slot
 * @param memoryBytes the most memory for the model and its contexts
 */
public record Embedded(int context, int slots, int threads, int queue, long memoryBytes) {

    static Embedded read(Reader reader, Machine machine) {
        return new Embedded(
                reader.integer(Key.TANDEM_CONTEXT, 2048, 256, 1 << 20),
                reader.integer(Key.TANDEM_SLOTS, 4, 1, 64),
                reader.integer(
                        Key.TANDEM_THREADS, Math.clamp(machine.processors() - 1, 1, 512), 1, 512),
                reader.integer(Key.TANDEM_QUEUE, 64, 0, 10_000),
                reader.bytes(Key.TANDEM_MEMORY, 1L << 30, 64L << 20, 1L << 40));
    }
}
