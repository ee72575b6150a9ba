package dev.tandem.gateway.engine;

import dev.tandem.engines.Engine;
import java.nio.file.Path;

/** Loads a GGUF file into this process. */
@FunctionalInterface
public interface GgufLoader {
    /**
     * Loads a model; blocks until it can answer.
     *
     * @param llamaHome the unpacked package with llama.cpp's library
     * @param file the model
     * @param wanted how it is run; what it does not tell is as the section {@code engine} has it
     * @throws UnusableEngineException where the file, the library or the memory is not what it
     *     takes
     */
    Engine load(Path llamaHome, Path file, LlamaSettings wanted) throws UnusableEngineException;
}
