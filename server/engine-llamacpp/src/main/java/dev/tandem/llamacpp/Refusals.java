package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.ToolCall;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a request may ask and this engine cannot do: said before anything is begun. */
final class Refusals {
    private Refusals() {}

    /**
     * Returns where the engine can do all that is asked.
     *
     * @param slots how many answers it can work on at once
     */
    static void check(ChatRequest request, int slots) {
        checkChoices(request.getN(), slots);
        refuse(
                request.getModalitiesList().stream().anyMatch(modality -> !modality.equals("text")),
                "modalities",
                "This model answers with text only.");
        refuse(request.hasAudio(), "audio", "This model cannot speak; leave it out.");
        refuse(
                request.hasWebSearchOptions(),
                "web_search_options",
                "This model cannot search the web; leave it out.");
        refuse(
                request.hasModeration(),
                "moderation",
                "Nothing is checked for harm here; leave it out.");
        checkMessages(request.getMessagesList());
    }

    /** As for chat requests. */
    static void check(CompletionRequest request, int slots) {
        int choices = Math.max(1, request.getN());
        refuse(
                !request.getSuffix().isEmpty(),
                "suffix",
                "This model cannot fill gaps, only continue a text; leave it out.");
        refuse(
                request.getBestOf() > choices,
                "best_of",
                "This model generates no more continuations than it answers with; leave it out or make it n.");
        checkChoices(choices, slots);
    }

    private static void checkChoices(int choices, int slots) {
        refuse(choices > slots, "n", "This model gives at most " + slots + " answers at once.");
    }

    /** The messages of a conversation. */
    static void checkMessages(List<ChatMessage> messages) {
        for (int i = 0; i < messages.size(); i++) {
            checkMessage(messages.get(i), "messages[" + i + "]");
        }
    }

    private static void checkMessage(ChatMessage message, String path) {
        checkExtras(message.getExtraMap(), path, Set.of("reasoning_content"));
        refuse(message.hasAudio(), path + ".audio", "This model reads text only.");
        for (int i = 0; i < message.getToolCallsCount(); i++) {
            refuse(
                    message.getToolCalls(i).getCallCase() == ToolCall.CallCase.CUSTOM,
                    path + ".tool_calls[" + i + "].custom",
                    "This model knows no custom tools.");
        }
        for (int i = 0; i < message.getContentCount(); i++) {
            checkPart(message.getContent(i), path + ".content[" + i + "]");
        }
    }

    private static void checkPart(ContentPart part, String path) {
        checkExtras(part.getExtraMap(), path, Set.of());
        ContentPart.PartCase kind = part.getPartCase();
        if (kind != ContentPart.PartCase.TEXT && kind != ContentPart.PartCase.REFUSAL) {
            throw Refusal.unsupportedValue(
                    path + "." + kind.name().toLowerCase(Locale.ROOT),
                    "This model reads text only.");
        }
    }

    /** A misspelt field must not vanish; what a thinking model said before comes back from SDKs. */
    private static void checkExtras(Map<String, String> extras, String path, Set<String> known) {
        for (String name : extras.keySet()) {
            refuse(
                    !known.contains(name),
                    path + "." + name,
                    "This model knows no such field; leave it out.");
        }
    }

    private static void refuse(boolean asked, String param, String message) {
        if (asked) {
            throw Refusal.unsupportedValue(param, message);
        }
    }
}
