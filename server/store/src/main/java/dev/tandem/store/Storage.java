package dev.tandem.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the files are.
 *
 * @param home what the program fetches is kept here; need not exist yet
 * @param model a GGUF file of the user's own
 * @param llamaHome a folder of the user's own with llama.cpp's library
 * @param build which build of that library is fetched where there is no such folder
 */
public record Storage(Path home, Optional<Path> model, Optional<Path> llamaHome, LlamaBuild build) {
    /** With the build that needs no GPU. */
    public Storage(Path home, Optional<Path> model, Optional<Path> llamaHome) {
        this(home, model, llamaHome, LlamaBuild.CPU);
    }

    /** The folder where a user's programs keep what can be fetched again. */
    public static Path cacheFolder(Map<String, String> environment, Machine machine) {
        if (machine.windows()) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return local.isBlank()
                    ? machine.userHome().resolve("AppData").resolve("Local")
                    : Path.of(local);
        }
        if (machine.mac()) {
            return machine.userHome().resolve("Library").resolve("Caches");
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        // the XDG base directory specification: a relative path is to be ignored
        return xdg.isBlank() || !Path.of(xdg).isAbsolute()
                ? machine.userHome().resolve(".cache")
                : Path.of(xdg);
    }
}
