package dev.tandem.llamacpp.natives;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The shared libraries of llama.cpp, loaded into this process and checked to be of the one release
 * whose structs are known here. A library cannot be unloaded or loaded twice, so a process has at
 * most one; any thread may open it.
 */
@SuppressWarnings("restricted") // native memory and calls are what this package is for
public final class LlamaLibrary {
    /** The release that {@code llama_version()} must name. */
    public static final String VERSION = "0.5.0-dev";

    static final String WHAT_IS_NEEDED =
            "the folder must hold the libraries of llama.cpp v0.5.0 for this platform, as in the npm package"
                    + " @node-llama-cpp/<platform> 3.22.1; name it in TANDEM_LLAMA_HOME";

    // loaded libraries are the process's state, not ours: backends would be registered twice
    private static @Nullable LlamaLibrary opened;

    private final Path folder;
    private final NativeLog log;
    private final LlamaFunctions functions;

    private LlamaLibrary(Path folder, NativeLog log, LlamaFunctions functions) {
        this.folder = folder;
        this.log = log;
        this.functions = functions;
    }

    /**
     * Loads the libraries, or returns those already loaded from this folder.
     *
     * @param folder the unpacked package, its {@code bins} folder, or the platform's folder in it
     * @throws LibraryUnusable where they are missing or of another release, or another folder was
     *     opened before
     */
    public static LlamaLibrary open(Path folder) {
        NativeFolder found = NativeFolder.find(folder);
        synchronized (LlamaLibrary.class) {
            LlamaLibrary before = opened;
            if (before == null) {
                before = load(found);
                opened = before;
            } else if (!before.folder.equals(found.folder())) {
                throw new LibraryUnusable(
                        "llama.cpp is already loaded from " + before.folder + "; use that folder");
            }
            return before;
        }
    }

    private static LlamaLibrary load(NativeFolder files) {
        Linker linker = Linker.nativeLinker();
        library(files.base()); // first: the others look for it by its bare name
        Symbols ggml = new Symbols(linker, library(files.ggml()), files.ggml().toString());
        Symbols llama = new Symbols(linker, library(files.llama()), files.llama().toString());
        requireVersion(llama);
        LlamaFunctions functions = new LlamaFunctions(llama);
        DefaultsCheck.check(functions);
        NativeLog log = new NativeLog(System.getLogger(LlamaLibrary.class.getPackageName()));
        llama.bind(Shapes.NothingOfTwoPointers.class, "llama_log_set")
                .call(log.callback(linker, Arena.global()), MemorySegment.NULL);
        try (Arena arena = Arena.ofConfined()) {
            ggml.bind(Shapes.NothingOfPointer.class, "ggml_backend_load_all_from_path")
                    .call(arena.allocateFrom(files.folder().toString()));
        }
        llama.bind(Shapes.Nothing.class, "llama_backend_init").call();
        requireGpu(files, llama);
        return new LlamaLibrary(files.folder(), log, functions);
    }

    private static SymbolLookup library(Path file) {
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new LibraryUnusable(
                    file
                            + " cannot be loaded (another platform, or a C library older than glibc 2.34): "
                            + WHAT_IS_NEEDED,
                    e);
        }
    }

    /** A build for GPUs falls back to the processor without a word. */
    private static void requireGpu(NativeFolder files, Symbols llama) {
        String gpu = files.gpu();
        boolean found = llama.bind(Shapes.Flag.class, "llama_supports_gpu_offload").call();
        if (!gpu.isEmpty() && !found) {
            throw new LibraryUnusable(
                    files.folder()
                            + " is the build of llama.cpp for "
                            + gpu
                            + ", which finds no GPU here that it can use: install the GPU's driver, or choose"
                            + " the build `cpu`");
        }
    }

    private static void requireVersion(Symbols llama) {
        String version =
                llama.bind(Shapes.Pointer.class, "llama_version")
                        .call()
                        .reinterpret(64)
                        .getString(0);
        if (!version.equals(VERSION)) {
            throw new LibraryUnusable(
                    "llama.cpp is version " + version + ", not " + VERSION + ": " + WHAT_IS_NEEDED);
        }
    }

    /** Where the libraries were loaded from. */
    public Path folder() {
        return folder;
    }

    LlamaFunctions functions() {
        return functions;
    }

    /** A failure with what llama.cpp logged as the reason since the last one. */
    NativeFailure failure(String what) {
        String reason = log.takeErrors();
        return new NativeFailure(reason.isEmpty() ? what : what + ": " + reason);
    }

    void forgetErrors() {
        log.takeErrors();
    }
}
