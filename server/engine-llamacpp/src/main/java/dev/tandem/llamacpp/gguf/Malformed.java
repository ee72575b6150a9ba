package dev.tandem.llamacpp.gguf;

/** What is wrong inside a file; becomes a {@link BadModelFile} once the file's name is known. */
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    Malformed(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
