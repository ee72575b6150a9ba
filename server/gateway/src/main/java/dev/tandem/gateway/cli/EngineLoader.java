package dev.tandem.gateway.cli;

import dev.tandem.engines.Engine;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.engine.LlamaSettings;
import java.nio.file.Path;

/** Loads the engine inside the program. */
@FunctionalInterface
public interface EngineLoader {
    /**
     * Loads a model; blocks until it can answer.
     *
     * @param llamaHome the unpacked package with llama.cpp's library
     * @param model a GGUF file
     * @throws CommandException where the file, the library or the memory is not what it takes
     */
    default Loaded load(Path llamaHome, Path model, Settings settings) throws CommandException {
        return load(llamaHome, model, settings, LlamaSettings.NONE);
    }

    /**
     * As {@link #load(Path, Path, Settings)}.
     *
     * @param wanted counts before the settings
     */
    Loaded load(Path llamaHome, Path model, Settings settings, LlamaSettings wanted)
            throws CommandException;

    /**
     * A loaded model.
     *
     * @param engine closed by the caller
     * @param plan what it holds in memory, in a line
     */
    record Loaded(Engine engine, String plan) {}
}
