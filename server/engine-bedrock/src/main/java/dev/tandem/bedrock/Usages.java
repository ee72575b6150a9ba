package dev.tandem.bedrock;

import dev.tandem.v1.PromptTokensDetails;
import dev.tandem.v1.Usage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** The tokens that an answer took, in the contract's words. */
final class Usages {
    private Usages() {}

    /**
     * The API counts what it read from its cache and wrote to it apart; here it is the prompt's.
     */
    static Usage of(TokenUsage told) {
        int read = or0(told.cacheReadInputTokens());
        int written = or0(told.cacheWriteInputTokens());
        int prompt = or0(told.inputTokens()) + read + written;
        int completion = or0(told.outputTokens());
        Usage.Builder usage =
                Usage.newBuilder()
                        .setPromptTokens(prompt)
                        .setCompletionTokens(completion)
                        .setTotalTokens(prompt + completion);
        if (read > 0 || written > 0) {
            PromptTokensDetails.Builder details =
                    PromptTokensDetails.newBuilder().setCachedTokens(read);
            if (written > 0) {
                details.setCacheWriteTokens(written);
            }
            usage.setPromptTokensDetails(details);
        }
        return usage.build();
    }

    private static int or0(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
