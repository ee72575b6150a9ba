package dev.tandem.upstream.anthropic;

/** Why an answer ended, in the contract's words. */
final class StopReasons {
    private StopReasons() {}

    /** Those that nobody knows, and {@code pause_turn}, stay as they are. */
    static String of(String told, boolean called) {
        return switch (told) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> called ? "tool_calls" : "stop";
            case "refusal" -> "content_filter";
            default -> told;
        };
    }
}
