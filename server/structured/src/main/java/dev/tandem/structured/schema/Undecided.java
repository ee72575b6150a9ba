package dev.tandem.structured.schema;

/** Two schemas whose common values the model cannot say. */
final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String sentence;

    Undecided(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
