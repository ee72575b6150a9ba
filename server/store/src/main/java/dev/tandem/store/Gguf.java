package dev.tandem.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What can be told of a GGUF file from outside. */
final class Gguf {
    static final int MAGIC_LENGTH = 4;
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

    private Gguf() {}

    /** Does something that begins so look like a GGUF file? */
    static boolean begins(byte[] firstBytes) {
        return Arrays.equals(firstBytes, MAGIC);
    }

    /** Checks a downloaded file; a wrong one is deleted. */
    static void check(Path file, Optional<String> sha256) throws IOException, StoreException {
        byte[] first;
        try (InputStream in = Files.newInputStream(file)) {
            first = in.readNBytes(MAGIC_LENGTH);
        }
        if (!begins(first)) {
            Download.forget(file);
            throw new StoreException("What was downloaded is not a GGUF file; it was thrown away.");
        }
        String found = sha256.isPresent() ? Sha.sha256(file) : "";
        if (sha256.isPresent() && !found.equals(sha256.get())) {
            Download.forget(file);
            throw new StoreException(
                    "The sum is wrong: expected %s, found %s. The file was thrown away."
                            .formatted(sha256.get(), found));
        }
    }
}
