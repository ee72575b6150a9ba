package dev.tandem.llamacpp;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.ResponseFormatType;
import java.util.Map;
import java.util.Set;

/** What a chat request may ask and this engine cannot do: said before anything is begun. */
final class Refusals {
    private Refusals() {}

    /**
     * Returns where the engine can do all that is asked.
     *
     * @param slots how many answers it can work on at once
     */
    static void check(ChatRequest request, int slots) {
        if (request.getToolsCount() > 0 && !request.getToolChoice().getMode().equals("none")) {
            throw unsupported("tools", "This model cannot call tools; leave them out.");
        }
        if (request.hasResponseFormat()
                && request.getResponseFormat().getType()
                        != ResponseFormatType.RESPONSE_FORMAT_TYPE_TEXT) {
            throw unsupported(
                    "response_format",
                    "This model answers in plain text only; use the type `text`.");
        }
        if (request.getN() > slots) {
            throw unsupported("n", "This model gives at most " + slots + " answers at once.");
        }
        if (request.getModalitiesList().stream().anyMatch(modality -> !modality.equals("text"))) {
            throw unsupported("modalities", "This model answers with text only.");
        }
        for (int i = 0; i < request.getMessagesCount(); i++) {
            checkParts(request.getMessages(i), "messages[" + i + "]");
        }
    }

    /** A misspelt field must not vanish; what a thinking model said before comes back from SDKs. */
    private static void checkExtras(Map<String, String> extras, String path, Set<String> known) {
        for (String name : extras.keySet()) {
            if (!known.contains(name)) {
                throw unsupported(
                        path + "." + name, "This model knows no such field; leave it out.");
            }
        }
    }

    private static void checkParts(ChatMessage message, String path) {
        checkExtras(message.getExtraMap(), path, Set.of("reasoning_content"));
        for (int i = 0; i < message.getContentCount(); i++) {
            checkExtras(
                    message.getContent(i).getExtraMap(), path + ".content[" + i + "]", Set.of());
            ContentPart.PartCase kind = message.getContent(i).getPartCase();
            if (kind != ContentPart.PartCase.TEXT && kind != ContentPart.PartCase.REFUSAL) {
                throw unsupported(path + ".content[" + i + "]", "This model reads text only.");
            }
        }
    }

    static ApiException unsupported(String param, String message) {
        return ApiError.ofParam(Reasons.UNSUPPORTED_VALUE, param, message).toException();
    }
}
