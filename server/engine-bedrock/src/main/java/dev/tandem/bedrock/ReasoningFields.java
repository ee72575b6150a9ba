package dev.tandem.bedrock;

/** The fields of messages, beyond the contract, that hold a model's reasoning. */
final class ReasoningFields {
    /** The text. */
    static final String CONTENT = "reasoning_content";

    /** What tells the model that the text is its own, unchanged. */
    static final String SIGNATURE = "reasoning_signature";

    /** Reasoning that only the model can read, in base64. */
    static final String REDACTED = "reasoning_redacted";

    private ReasoningFields() {}
}
