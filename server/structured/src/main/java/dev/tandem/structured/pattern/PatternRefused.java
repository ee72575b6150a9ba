package dev.tandem.structured.pattern;

/** A regular expression that is not taken; the message is a sentence for its author. */
public final class PatternRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    PatternRefused(String message) {
        super(message);
    }
}
