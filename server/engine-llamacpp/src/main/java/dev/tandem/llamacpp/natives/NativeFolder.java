package dev.tandem.llamacpp.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the shared libraries of llama.cpp in a folder: the unpacked package, its {@code bins}
 * folder, or the platform's folder in it. File names differ by platform ({@code
 * libllama.v0.5.0.so}, {@code libllama.metal.v0.5.0.dylib}, {@code llama.v0.5.0.dll}).
 */
record NativeFolder(Path folder, Path base, Path ggml, Path llama) {
    private static final String ENDING = "(\\.[a-z]+)?\\.v\\d+\\.\\d+\\.\\d+\\.(so|dylib|dll)";
    private static final Pattern LLAMA = Pattern.compile("(lib)?llama" + ENDING);
    private static final Pattern GGML = Pattern.compile("(lib)?ggml" + ENDING);
    private static final int LEVELS = 4; // version, platform, bins, platform
    private static final Pattern BASE = Pattern.compile("(lib)?ggml-base\\.(so|dylib|dll)");

    static NativeFolder find(Path given) {
        for (Path candidate : candidates(given)) {
            Optional<Path> llama = match(candidate, LLAMA);
            Optional<Path> ggml = match(candidate, GGML);
            Optional<Path> base = match(candidate, BASE);
            if (llama.isPresent() && ggml.isPresent() && base.isPresent()) {
                return new NativeFolder(candidate, base.get(), ggml.get(), llama.get());
            }
        }
        throw new LibraryUnusable(
                "no shared libraries of llama.cpp in "
                        + given
                        + ": "
                        + LlamaLibrary.WHAT_IS_NEEDED);
    }

    /** The kind of GPU that it is built for; empty where for none that has to be there. */
    String gpu() {
        for (String kind : List.of("vulkan", "cuda")) {
            Pattern backend = Pattern.compile("(lib)?ggml-" + kind + "\\.(so|dll)");
            if (match(folder, backend).isPresent()) {
                return kind;
            }
        }
        return "";
    }

    /** The folder itself and what it holds some levels down, the platform of this machine first. */
    private static List<Path> candidates(Path given) {
        if (!Files.isDirectory(given)) {
            return List.of();
        }
        Path platform = Path.of(Platform.current().id());
        try (Stream<Path> below = Files.walk(given, LEVELS)) {
            return Stream.concat(
                            Stream.of(
                                    given,
                                    given.resolve(platform),
                                    given.resolve("bins").resolve(platform)),
                            below.filter(p ->
                                            p.getFileName()
                                                    .toString()
                                                    .startsWith(platform.toString()))
                                    .sorted())
                    .filter(Files::isDirectory)
                    .map(Path::toAbsolutePath)
                    .toList();
        } catch (IOException e) {
            throw new LibraryUnusable("cannot read the folder " + given, e);
        }
    }

    private static Optional<Path> match(Path folder, Pattern name) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> name.matcher(f.getFileName().toString()).matches())
                    .findFirst();
        } catch (IOException e) {
            throw new LibraryUnusable("cannot read the folder " + folder, e);
        }
    }
}
