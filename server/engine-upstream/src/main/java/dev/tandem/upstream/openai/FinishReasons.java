package dev.tandem.upstream.openai;

/** Why a choice ended, in the API's words. */
final class FinishReasons {
    private FinishReasons() {}

    /** The API's word for a server's; those that nobody knows stay as they are. */
    static String of(String told) {
        return switch (told) {
            case "eos", "eos_token", "stop_sequence", "end_turn" -> "stop";
            case "max_tokens", "model_length", "max_length" -> "length";
            case "tool_use" -> "tool_calls";
            default -> told;
        };
    }

    /** Does the word say that the answer did not come to an end of its own? */
    static boolean isFailure(String told) {
        return told.equals("error")
                || told.equals("abort")
                || told.equals("insufficient_system_resource");
    }
}
