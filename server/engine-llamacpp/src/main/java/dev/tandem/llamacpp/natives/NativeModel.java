package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The weights and the vocabulary of one model. Loaded and freed by one thread; close its contexts
 * first. Only the vocabulary may be read by other threads while the model is open.
 */
public final class NativeModel implements AutoCloseable {
    private final LlamaLibrary library;
    private final MemorySegment model;
    private final NativeVocabulary vocabulary;

    private NativeModel(LlamaLibrary library, MemorySegment model) {
        this.library = library;
        this.model = model;
        MemorySegment vocabularyOfModel = library.functions().modelGetVocab.call(model);
        this.vocabulary = new NativeVocabulary(library.functions(), vocabularyOfModel);
    }

    /**
     * Reads a GGUF file that was checked before: llama.cpp ends the process on some broken ones.
     *
     * @param gpuLayers how many layers go to the GPU, -1 for all; without a GPU it has no effect
     * @throws NativeFailure where llama.cpp does not accept the file
     */
    public static NativeModel load(LlamaLibrary library, Path file, int gpuLayers) {
        return load(library, file, gpuLayers, 0);
    }

    /**
     * As {@link #load(LlamaLibrary, Path, int)}.
     *
     * @param mainGpu the number of the GPU for what is not split between several
     */
    public static NativeModel load(LlamaLibrary library, Path file, int gpuLayers, int mainGpu) {
        LlamaFunctions functions = library.functions();
        library.forgetErrors();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = functions.modelDefaultParams.call(arena);
            params.set(JAVA_INT, Structs.MODEL_GPU_LAYERS, gpuLayers);
            params.set(JAVA_INT, Structs.MODEL_MAIN_GPU, mainGpu);
            MemorySegment model =
                    functions.modelLoadFromFile.call(arena.allocateFrom(file.toString()), params);
            if (model.address() == 0) {
                throw library.failure("llama.cpp does not load " + file);
            }
            return new NativeModel(library, model);
        }
    }

    /** The vocabulary; not to be used after {@link #close}. */
    public NativeVocabulary vocabulary() {
        return vocabulary;
    }

    /** Whether a prompt has to go through an encoder first (T5 and the like). */
    public boolean hasEncoder() {
        return library.functions().modelHasEncoder.call(model);
    }

    /**
     * Opens a context with the KV cache for all its sequences.
     *
     * @throws NativeFailure where the memory is not to be had
     */
    public NativeContext open(ContextShape shape) {
        return NativeContext.open(library, model, vocabulary.size(), shape);
    }

    @Override
    public void close() {
        library.functions().modelFree.call(model);
    }
}
