package dev.tandem.bedrock;

import org.jspecify.annotations.Nullable;

/** Why an answer ended, in the contract's words. */
final class FinishReasons {
    private FinishReasons() {}

    /** The contract's word for the API's; those that nobody knows stay as they are. */
    static String of(String told) {
        return switch (told) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "guardrail_intervened", "content_filtered" -> "content_filter";
            default -> told;
        };
    }

    /** What went wrong where the model did not come to an end of its own; null where it did. */
    static @Nullable String failure(String told) {
        return switch (told) {
            case "malformed_model_output" -> "its model wrote what nobody can read";
            case "malformed_tool_use" -> "its model called a tool in a way that nobody can read";
            default -> null;
        };
    }
}
