package dev.tandem.llamacpp.loop;

/** The prompt and the tokens asked for do not fit into the context of a slot. */
public final class PromptTooLong extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int promptTokens;
    private final int maxTokens;
    private final int context;

    PromptTooLong(int promptTokens, int maxTokens, int context) {
        super(
                "the prompt has "
                        + promptTokens
                        + " tokens and "
                        + maxTokens
                        + " more were asked for, but the context is "
                        + context
                        + " tokens");
        this.promptTokens = promptTokens;
        this.maxTokens = maxTokens;
        this.context = context;
    }

    /** Tokens of the prompt; at least so many, where the text was too long to be split at all. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Tokens that were asked for, at least 1. */
    public int maxTokens() {
        return maxTokens;
    }

    /** Tokens that a slot holds. */
    public int context() {
        return context;
    }
}
