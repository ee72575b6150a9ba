package dev.tandem.gateway.service;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.v1.TokenizeRequest;
import java.util.List;

/** The rules of requests about tokens that join several fields. */
final class TokenRules {
    private TokenRules() {}

    static List<Violation> prompt(TokenizeRequest request) {
        BrokenRules broken = new BrokenRules();
        boolean messages = request.getMessagesCount() > 0;
        if (request.hasPrompt() == messages) {
            broken.add(
                    "prompt",
                    messages ? "alone" : "required",
                    messages
                            ? "Must not stand beside messages; give one of them."
                            : "Must be given where messages are not.");
        }
        if (request.hasAddGenerationPrompt() && !messages) {
            broken.add("add_generation_prompt", "needs_messages", "Needs messages.");
        }
        return broken.all();
    }
}
