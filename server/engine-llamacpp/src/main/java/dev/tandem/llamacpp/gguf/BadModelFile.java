package dev.tandem.llamacpp.gguf;

import java.nio.file.Path;

/**
 * A model file that cannot be read, is damaged, or holds what the engine does not run. The message
 * names the file and the reason.
 */
public final class BadModelFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the reason as the end of a sentence that begins with the file's name. */
    public BadModelFile(Path file, String reason) {
        super(message(file, reason));
    }

    BadModelFile(Path file, String reason, Throwable cause) {
        super(message(file, reason), cause);
    }

    private static String message(Path file, String reason) {
        return file + " is no usable model file: " + reason;
    }
}
