package dev.tandem.engines;

import dev.tandem.v1.ChatRequest;
import java.util.OptionalInt;

/** How many tokens a request allows for one choice, whichever of the two names it uses. */
public final class TokenLimit {
    private TokenLimit() {}

    /**
     * The limit, at least 1; empty where the request sets none. {@code max_completion_tokens} wins.
     */
    public static OptionalInt of(ChatRequest request) {
        if (request.hasMaxCompletionTokens()) {
            return OptionalInt.of(request.getMaxCompletionTokens());
        }
        return request.hasMaxTokens()
                ? OptionalInt.of(request.getMaxTokens())
                : OptionalInt.empty();
    }
}
