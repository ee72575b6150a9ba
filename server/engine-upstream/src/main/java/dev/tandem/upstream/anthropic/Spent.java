package dev.tandem.upstream.anthropic;

import dev.tandem.upstream.ask.Told;
import dev.tandem.v1.CompletionTokensDetails;
import dev.tandem.v1.PromptTokensDetails;
import dev.tandem.v1.Usage;

/**
 * What an answer has taken so far. The API tells it at the begin and, cumulated, at the end; its
 * {@code input_tokens} are those that no cache was asked for. Used by one thread.
 */
final class Spent {
    private int input;
    private int written;
    private int cached;
    private int output;
    private int thought;
    private boolean known;

    /** What is told later counts. */
    void take(Told usage) {
        if (usage.members().isEmpty()) {
            return;
        }
        known = true;
        input = later(usage, "input_tokens", input);
        written = later(usage, "cache_creation_input_tokens", written);
        cached = later(usage, "cache_read_input_tokens", cached);
        output = later(usage, "output_tokens", output);
        thought = later(usage.object("output_tokens_details"), "thinking_tokens", thought);
    }

    private static int later(Told usage, String name, int before) {
        return usage.has(name) ? usage.count(name) : before;
    }

    /** Was anything told? */
    boolean known() {
        return known;
    }

    Usage usage() {
        int prompt = input + written + cached;
        Usage.Builder usage =
                Usage.newBuilder()
                        .setPromptTokens(prompt)
                        .setCompletionTokens(output)
                        .setTotalTokens(prompt + output);
        if (cached > 0 || written > 0) {
            usage.setPromptTokensDetails(
                    PromptTokensDetails.newBuilder()
                            .setCachedTokens(cached)
                            .setCacheWriteTokens(written));
        }
        if (thought > 0) {
            usage.setCompletionTokensDetails(
                    CompletionTokensDetails.newBuilder().setReasoningTokens(thought));
        }
        return usage.build();
    }
}
