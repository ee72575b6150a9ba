package dev.tandem.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * llama.cpp's library for one platform, as the npm package {@code @node-llama-cpp/<platform>}
 * carries it.
 *
 * @param platform {@code linux-x64}, …
 * @param integrity the tarball's checksum as npm writes it; null where none is known, and then it
 *     is not fetched
 */
record LlamaPackage(String platform, @Nullable String integrity) {
    static final String VERSION = "3.22.1";

    /** About as large as the tarballs are; for the progress bar. */
    static final long ABOUT_BYTES = 11_000_000;

    static final List<List<String>> NPM = List.of(List.of("npm"));

    private static final long MOST_UNPACKED = 512L << 20;

    private static final Map<String, String> INTEGRITY =
            Map.of(
                    "linux-x64",
                    "sha512-5uCCDNqWCNfaAm8aR/Uzxbo4HBpKgNF91kCHPepKhgMgV2OAmatoefbOlMihsqCiH2Od35E/eUHQCFbfRBJuOg==",
                    "linux-arm64",
                    "sha512-W+7naKCXX9/eEjjFmRS8vvx91QyLXDbeFxexZc3bh/PtQABZgmRL3C0AtYYXn4YGTj/3Qor4lWZn2tpjZFPLdQ==",
                    "linux-x64-vulkan",
                    "sha512-bBxqU+JOcBu1nb5Qj2zcMci+JByT1E8EajHvYodyNfVIPkEhXh+/HMwR1/BT7xP08YK0hks+kM8fglER0P8JEg==",
                    "linux-x64-cuda",
                    "sha512-8rQCjyNNLZJUFit+YpjwlC4hwkKgOMIkB2wuycKBf8NU2O3ySKbiWZQ8aw9ku2nUTXjSnUIrE6KB88itduTBuA==");

    /** The package for a machine; empty where llama.cpp's makers have none. */
    static Optional<LlamaPackage> of(Machine machine) {
        boolean arm = machine.architecture().equals("aarch64");
        boolean x64 = List.of("amd64", "x86_64").contains(machine.architecture());
        if (machine.mac()) {
            return arm ? named("mac-arm64-metal") : Optional.empty();
        }
        if (machine.windows()) {
            return x64 ? named("win-x64") : Optional.empty();
        }
        if (!machine.system().equals("Linux")) {
            return Optional.empty();
        }
        return arm ? named("linux-arm64") : x64 ? named("linux-x64") : Optional.empty();
    }

    /** The package of a build for a machine; empty where llama.cpp's makers have none. */
    static Optional<LlamaPackage> of(Machine machine, LlamaBuild build) {
        boolean none = machine.mac() || machine.architecture().equals("aarch64");
        return build == LlamaBuild.CPU
                ? of(machine)
                : none
                        ? Optional.empty()
                        : of(machine).flatMap(cpu -> named(cpu.platform() + build.suffix()));
    }

    private static Optional<LlamaPackage> named(String platform) {
        return Optional.of(new LlamaPackage(platform, INTEGRITY.get(platform)));
    }

    /** The package as npm wants it. */
    String specifier() {
        return "@node-llama-cpp/" + platform + "@" + VERSION;
    }

    /** The folder's name in the store. */
    String folder() {
        return VERSION + "-" + platform;
    }

    /** Fetches the tarball, checks it and unpacks it; the result is the package's folder. */
    Path fetch(Tool npm, Path room, LongConsumer grown)
            throws IOException, InterruptedException, StoreException {
        npm.run(
                List.of(
                        "pack",
                        specifier(),
                        "--pack-destination=" + room,
                        "--cache=" + room.resolve("npm"),
                        "--no-audit",
                        "--no-update-notifier",
                        "--loglevel=error"),
                room,
                grown);
        Path tarball = only(room);
        if (!Sha.integrity(tarball).equals(integrity)) {
            throw new StoreException(
                    specifier()
                            + " is not the package expected ("
                            + integrity
                            + "); it was thrown away. Check where npm fetches from.");
        }
        Path unpacked = Files.createDirectory(room.resolve("unpacked"));
        Archive.untar(tarball, unpacked, MOST_UNPACKED);
        return unpacked.resolve("package");
    }

    private Path only(Path room) throws IOException, StoreException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(room, "*.tgz")) {
            for (Path tarball : files) {
                return tarball;
            }
        }
        throw new StoreException("npm fetched no tarball for " + specifier() + ".");
    }
}
