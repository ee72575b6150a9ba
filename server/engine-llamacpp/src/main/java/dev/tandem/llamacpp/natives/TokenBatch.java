package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The rows of one decode: tokens with their positions and sequences. Used by the thread that owns
 * the context.
 */
@SuppressWarnings("restricted") // native memory and calls are what this package is for
public final class TokenBatch implements AutoCloseable {
    private final LlamaFunctions functions;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment batch;
    private final MemorySegment tokens;
    private final MemorySegment positions;
    private final MemorySegment sequenceCounts;
    private final MemorySegment sequences;
    private final MemorySegment outputs;
    private final int capacity;
    private int size;

    TokenBatch(LlamaFunctions functions, int capacity) {
        this.functions = functions;
        this.capacity = capacity;
        batch = functions.batchInit.call(arena, capacity, 0, 1);
        tokens = column(Structs.BATCH_TOKENS, JAVA_INT.byteSize());
        positions = column(Structs.BATCH_POSITIONS, JAVA_INT.byteSize());
        sequenceCounts = column(Structs.BATCH_SEQUENCE_COUNTS, JAVA_INT.byteSize());
        sequences = column(Structs.BATCH_SEQUENCES, ADDRESS.byteSize());
        outputs = column(Structs.BATCH_OUTPUTS, JAVA_BYTE.byteSize());
    }

    private MemorySegment column(long offset, long width) {
        return batch.get(ADDRESS, offset).reinterpret(width * capacity);
    }

    /**
     * Adds a row.
     *
     * @param output whether logits are wanted after this token
     * @return the row, to ask for its logits after the decode
     */
    public int add(int token, int position, int sequence, boolean output) {
        int row = size++;
        tokens.setAtIndex(JAVA_INT, row, token);
        positions.setAtIndex(JAVA_INT, row, position);
        sequenceCounts.setAtIndex(JAVA_INT, row, 1);
        sequences
                .getAtIndex(ADDRESS, row)
                .reinterpret(JAVA_INT.byteSize())
                .set(JAVA_INT, 0, sequence);
        outputs.set(JAVA_BYTE, row, (byte) (output ? 1 : 0));
        return row;
    }

    /** How many rows were added. */
    public int size() {
        return size;
    }

    /** How many rows still fit. */
    public int room() {
        return capacity - size;
    }

    /** Forgets the rows. */
    public void clear() {
        size = 0;
    }

    MemorySegment struct() {
        batch.set(JAVA_INT, Structs.BATCH_SIZE, size);
        return batch;
    }

    @Override
    public void close() {
        functions.batchFree.call(batch);
        arena.close();
    }
}
