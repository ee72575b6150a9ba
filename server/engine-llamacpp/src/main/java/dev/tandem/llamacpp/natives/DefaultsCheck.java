package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads the default parameters back and compares them with what the pinned release has at those
 * offsets: a struct that was shifted shows here before a field is written to the wrong place.
 */
final class DefaultsCheck {
    private DefaultsCheck() {}

    static void check(LlamaFunctions functions) {
        try (Arena arena = Arena.ofConfined()) {
            checkModel(functions.modelDefaultParams.call(arena));
            checkContext(functions.contextDefaultParams.call(arena));
        }
    }

    static void checkModel(MemorySegment params) {
        expectInt(params, Structs.MODEL_GPU_LAYERS, -1, "n_gpu_layers");
        expectInt(params, Structs.MODEL_SPLIT_MODE, 1, "split_mode");
        expectInt(params, Structs.MODEL_LOAD_MODE, -1, "load_mode");
        expectByte(params, 72, 0, "vocab_only");
        expectByte(params, 74, 1, "use_extra_bufts");
    }

    static void checkContext(MemorySegment params) {
        expectInt(params, Structs.CONTEXT_TOKENS, 512, "n_ctx");
        expectInt(params, Structs.CONTEXT_BATCH, 2048, "n_batch");
        expectInt(params, Structs.CONTEXT_PHYSICAL_BATCH, 512, "n_ubatch");
        expectInt(params, Structs.CONTEXT_SEQUENCES, 1, "n_seq_max");
        expectInt(params, Structs.CONTEXT_OUTPUTS_MAX, 0, "n_outputs_max");
        expectInt(params, Structs.CONTEXT_POOLING, -1, "pooling_type");
        expectInt(params, 104, 1, "type_k");
        expectByte(params, 129, 1, "offload_kqv");
        expectByte(params, Structs.CONTEXT_KV_UNIFIED, 0, "kv_unified");
    }

    private static void expectInt(MemorySegment params, long offset, int expected, String field) {
        expect(params.get(JAVA_INT, offset), expected, offset, field);
    }

    private static void expectByte(MemorySegment params, long offset, int expected, String field) {
        expect(params.get(JAVA_BYTE, offset), expected, offset, field);
    }

    private static void expect(int actual, int expected, long offset, String field) {
        if (actual != expected) {
            throw new LibraryUnusable(
                    "the parameters of this llama.cpp are laid out differently ("
                            + field
                            + " at "
                            + offset
                            + " is "
                            + actual
                            + ", not "
                            + expected
                            + "): "
                            + LlamaLibrary.WHAT_IS_NEEDED);
        }
    }
}
