package dev.tandem.runtime.wire.envelope;

/** How messages are written, by the word that content types have for it. */
public enum Format {
    /** Protobuf's binary format. */
    PROTO("proto"),
    /** Protobuf's JSON mapping. */
    JSON("json");

    private final String word;

    Format(String word) {
        this.word = word;
    }

    /** {@code proto} or {@code json}. */
    public String word() {
        return word;
    }
}
