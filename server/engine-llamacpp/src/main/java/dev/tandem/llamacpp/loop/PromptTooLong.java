package dev.tandem.llamacpp.loop;

/** The prompt and the tokens asked for do not fit into the context of a slot. */
public final class PromptTooLong extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int promptTokens;
    private final boolean atLeast;
    private final int maxTokens;
    private final int context;

    PromptTooLong(int promptTokens, boolean atLeast, int maxTokens, int context) {
        super(
                "the prompt has "
                        + (atLeast ? "at least " : "")
                        + promptTokens
                        + " tokens and "
                        + maxTokens
                        + " more were asked for, but the context is "
                        + context
                        + " tokens");
        this.promptTokens = promptTokens;
        this.atLeast = atLeast;
        this.maxTokens = maxTokens;
        this.context = context;
    }

    /** Tokens of the prompt; at least so many, where the text was too long to be split at all. */
    public int promptTokens() {
        return promptTokens;
    }

    /**
     * Was the text too long to be split, so that its tokens are only known to be so many or more?
     */
    public boolean atLeast() {
        return atLeast;
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
