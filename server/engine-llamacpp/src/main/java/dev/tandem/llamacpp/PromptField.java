package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.llamacpp.loop.PromptTooLong;
import dev.tandem.runtime.call.ApiException;

/** Where a request has its prompt: how the caller is told that it is too long. */
enum PromptField {
    MESSAGES("messages", "messages have", "max_completion_tokens"),
    PROMPT("prompt", "prompt has", "max_tokens");

    private final String field;
    private final String has;
    private final String limit;

    PromptField(String field, String has, String limit) {
        this.field = field;
        this.has = has;
        this.limit = limit;
    }

    /** A prompt that leaves no room for the answer. */
    ApiException tooLong(PromptTooLong e) {
        return Refusal.contextLengthExceeded(
                field,
                "This model's maximum context length is %d tokens, but the %s %s%d and %d more were asked for; shorten the %s or lower %s."
                        .formatted(
                                e.context(),
                                has,
                                e.atLeast() ? "at least " : "",
                                e.promptTokens(),
                                e.maxTokens(),
                                field,
                                limit));
    }

    /** A text that is too long even to be split. */
    ApiException tooLongToSplit(PromptTooLong e) {
        return Refusal.contextLengthExceeded(
                field,
                "This model's maximum context length is %d tokens, but the %s at least %d; split a shorter text."
                        .formatted(e.context(), has, e.promptTokens()));
    }
}
