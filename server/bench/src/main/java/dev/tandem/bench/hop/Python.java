package dev.tandem.bench.hop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks a Python. */
final class Python {
    private Python() {}

    /** The line that a program prints. */
    static String output(Path python, String program) throws IOException {
        Process process =
                new ProcessBuilder(List.of(python.toString(), "-c", program))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
