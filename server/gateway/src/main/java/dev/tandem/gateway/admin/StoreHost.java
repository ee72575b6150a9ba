package dev.tandem.gateway.admin;

import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.ModelHost;
import dev.tandem.engines.Refusal;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.store.Machine;
import dev.tandem.store.Storage;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The GGUF files in the program's store: listed, fetched from allowed hosts with their checksum,
 * loaded where somebody can. A file's name is its path in the store: {@code
 * huggingface.co/org/repo/resolve/main/m.gguf}; of a file elsewhere, the whole path. For all
 * threads.
 */
public final class StoreHost implements ModelHost {
    private static final int DEEPEST = 32;

    private final Storage storage;
    private final AllowedHosts hosts;
    private final Optional<Residence> residence;
    private final Path folder;

    /**
     * @param hosts from which files may be fetched
     * @param residence loads and unloads; empty where nobody does
     */
    public StoreHost(Storage storage, AllowedHosts hosts, Optional<Residence> residence) {
        this.storage = storage;
        this.hosts = hosts;
        this.residence = residence;
        folder = storage.home().resolve("models").toAbsolutePath().normalize();
    }

    @Override
    public Set<Ability> abilities() {
        return residence.isPresent() ? Set.of(Ability.LOAD, Ability.PULL) : Set.of(Ability.PULL);
    }

    @Override
    public List<Kept> models(Call call) {
        try (Stream<Path> files =
                Files.isDirectory(folder) ? Files.walk(folder, DEEPEST) : Stream.empty()) {
            return Stream.concat(files.sorted(), elsewhere())
                    .filter(StoreHost::isModel)
                    .map(this::kept)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw failed("The files in " + folder + " cannot be listed; see the folder's rights.");
        }
    }

    private Stream<Path> elsewhere() {
        return residence.stream()
                .flatMap(home -> home.elsewhere().stream())
                .map(file -> file.toAbsolutePath().normalize())
                .filter(file -> !file.startsWith(folder));
    }

    private String name(Path file) {
        return file.startsWith(folder)
                ? folder.relativize(file).toString().replace('\\', '/')
                : file.toString();
    }

    private static boolean isModel(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gguf")
                && Files.isRegularFile(file);
    }

    private Kept kept(Path file) {
        try {
            return new Kept(
                    name(file),
                    Files.size(file),
                    residence.map(home -> home.loaded(file)).orElse(false),
                    Optional.of(Files.getLastModifiedTime(file).toInstant()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void load(String model, Call call) throws InterruptedException {
        residence().load(model, file(model), call);
    }

    @Override
    public void unload(String model, Call call) throws InterruptedException {
        residence().unload(model, file(model), call);
    }

    private Residence residence() {
        return residence.orElseThrow(
                () -> new UnsupportedOperationException("LOAD is none of its abilities"));
    }

    /** The file of a name, which may lead nowhere but into the store and to what is elsewhere. */
    private Path file(String model) {
        try {
            Path file = folder.resolve(model).normalize();
            boolean known = file.startsWith(folder) || elsewhere().anyMatch(file::equals);
            if (known && isModel(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw missing(); // no file of this system can have the name
        }
        throw missing();
    }

    private static RuntimeException missing() {
        return ApiError.ofParam(
                        EngineReasons.MODEL_NOT_FOUND,
                        "model",
                        "There is no such file in the store; the engine's `models` lists those"
                                + " there are.")
                .toException();
    }

    /** Files of unknown content are not fetched over the network. */
    @Override
    public void pull(String model, Sink<Progress> progress, Call call) {
        checked(model);
        throw Refusal.unsupportedValue(
                "sha256", "Say what the file's SHA-256 must be; its publisher tells it.");
    }

    @Override
    public void pull(String model, String sha256, Sink<Progress> progress, Call call)
            throws InterruptedException {
        URI address = checked(model);
        Store store = new Store(storage, new StoreProgress(progress, call), Machine.here(), "");
        try {
            Path _ = store.pull(address, Optional.of(sha256), hosts::allow);
        } catch (StoreException e) {
            call.check();
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    private URI checked(String model) {
        URI address;
        try {
            address = new URI(model);
        } catch (URISyntaxException e) {
            throw notAllowed("The model must be the https address of a GGUF file.");
        }
        if (address.getScheme() == null || address.getHost() == null) {
            throw notAllowed("The model must be the https address of a GGUF file.");
        }
        if (!hosts.allow(address.getHost().toLowerCase(Locale.ROOT))) {
            throw notAllowed("Models are fetched from " + hosts + " here.");
        }
        return address;
    }

    private static RuntimeException notAllowed(String message) {
        return Refusal.unsupportedValue("model", message);
    }

    private static RuntimeException failed(String message) {
        return ApiError.of(EngineReasons.PULL_FAILED, message).toException();
    }
}
