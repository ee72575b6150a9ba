package dev.tandem.structured.grammar;

/** A grammar beyond its bounds; the message is a sentence. */
final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge(String message) {
        super(message);
    }
}
