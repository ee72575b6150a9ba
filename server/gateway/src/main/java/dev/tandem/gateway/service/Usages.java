package dev.tandem.gateway.service;

import dev.tandem.v1.InputUsage;
import dev.tandem.v1.Usage;

/** Sums and forms of what calls took. */
public final class Usages {
    private Usages() {}

    /** Both together. */
    public static Usage sum(Usage one, Usage other) {
        Usage.Builder sum =
                one.toBuilder()
                        .setPromptTokens(one.getPromptTokens() + other.getPromptTokens())
                        .setCompletionTokens(
                                one.getCompletionTokens() + other.getCompletionTokens())
                        .setTotalTokens(one.getTotalTokens() + other.getTotalTokens());
        if (other.hasPromptTokensDetails()) {
            sum.getPromptTokensDetailsBuilder()
                    .setCachedTokens(
                            one.getPromptTokensDetails().getCachedTokens()
                                    + other.getPromptTokensDetails().getCachedTokens());
        }
        if (other.hasCompletionTokensDetails()) {
            sum.getCompletionTokensDetailsBuilder()
                    .setReasoningTokens(
                            one.getCompletionTokensDetails().getReasoningTokens()
                                    + other.getCompletionTokensDetails().getReasoningTokens());
        }
        return sum.build();
    }

    /** Of a call that only read. */
    static Usage read(int tokens) {
        return Usage.newBuilder().setPromptTokens(tokens).setTotalTokens(tokens).build();
    }

    /** The same, as the answer tells it. */
    static InputUsage told(int tokens) {
        return InputUsage.newBuilder().setPromptTokens(tokens).setTotalTokens(tokens).build();
    }
}
