package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;

/**
 * Sizes and offsets, in bytes, of the structs of llama.cpp v0.5.0 that are passed by value.
 * Parameter structs are opaque words: only the fields that are set have a name here. The same on
 * every 64-bit platform.
 */
final class Structs {
    static final StructLayout MODEL_PARAMS = words(10);
    static final StructLayout CONTEXT_PARAMS = words(20);
    static final StructLayout BATCH =
            MemoryLayout.structLayout(
                    JAVA_INT,
                    MemoryLayout.paddingLayout(4),
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS);

    static final long MODEL_GPU_LAYERS = 16;
    static final long MODEL_SPLIT_MODE = 20;
    static final long MODEL_LOAD_MODE = 24;
    static final long MODEL_MAIN_GPU = 32;

    static final long CONTEXT_TOKENS = 0;
    static final long CONTEXT_BATCH = 4;
    static final long CONTEXT_PHYSICAL_BATCH = 8;
    static final long CONTEXT_SEQUENCES = 12;
    static final long CONTEXT_OUTPUTS_MAX = 20;
    static final long CONTEXT_THREADS = 28;
    static final long CONTEXT_BATCH_THREADS = 32;
    static final long CONTEXT_POOLING = 44;
    static final long CONTEXT_KV_UNIFIED = 133;

    static final long BATCH_SIZE = 0;
    static final long BATCH_TOKENS = 8;
    static final long BATCH_POSITIONS = 24;
    static final long BATCH_SEQUENCE_COUNTS = 32;
    static final long BATCH_SEQUENCES = 40;
    static final long BATCH_OUTPUTS = 48;

    static final long TOKEN_DATA_SIZE = 12;
    static final long TOKEN_DATA_LOGIT = 4;
    static final long TOKEN_ARRAY_SIZE = 32;
    static final long TOKEN_ARRAY_LENGTH = 8;
    static final long TOKEN_ARRAY_SELECTED = 16;
    static final long TOKEN_ARRAY_SORTED = 24;

    private Structs() {}

    private static StructLayout words(int count) {
        return MemoryLayout.structLayout(MemoryLayout.sequenceLayout(count, JAVA_LONG));
    }
}
