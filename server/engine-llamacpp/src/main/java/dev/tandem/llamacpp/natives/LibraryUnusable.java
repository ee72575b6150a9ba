package dev.tandem.llamacpp.natives;

/**
 * The shared libraries of llama.cpp are missing, of another version, or for another platform. The
 * message says what to do.
 */
public final class LibraryUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    LibraryUnusable(String message) {
        super(message);
    }

    LibraryUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
