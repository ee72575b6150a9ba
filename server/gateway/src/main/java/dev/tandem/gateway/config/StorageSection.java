package dev.tandem.gateway.config;

import dev.tandem.store.Machine;
import dev.tandem.store.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads where the files are. */
final class StorageSection {
    private StorageSection() {}

    static Storage read(Reader reader, Map<String, String> environment, Machine machine) {
        Path home =
                reader.path(Key.TANDEM_HOME)
                        .orElseGet(
                                () -> Storage.cacheFolder(environment, machine).resolve("tandem"));
        if (Files.exists(home) && !Files.isDirectory(home)) {
            reader.problem(Key.TANDEM_HOME, home.toString(), "is not a folder");
        }
        Optional<Path> model = reader.path(Key.TANDEM_MODEL);
        model.filter(file -> !Files.isRegularFile(file) || !Files.isReadable(file))
                .ifPresent(file ->
                        reader.problem(
                                Key.TANDEM_MODEL,
                                file.toString(),
                                "is not a file that can be read"));
        Optional<Path> llamaHome = reader.path(Key.TANDEM_LLAMA_HOME);
        llamaHome
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(folder ->
                        reader.problem(Key.TANDEM_LLAMA_HOME, folder.toString(), "is no folder"));
        return new Storage(home, model, llamaHome);
    }
}
