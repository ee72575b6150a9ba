package dev.tandem.llamacpp;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Code;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.ResponseFormatType;

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

    private static void checkParts(ChatMessage message, String path) {
        for (int i = 0; i < message.getContentCount(); i++) {
            ContentPart.PartCase kind = message.getContent(i).getPartCase();
            if (kind != ContentPart.PartCase.TEXT && kind != ContentPart.PartCase.REFUSAL) {
                throw unsupported(path + ".content[" + i + "]", "This model reads text only.");
            }
        }
    }

    static ApiException unsupported(String param, String message) {
        return ApiError.ofParam(Code.INVALID_REQUEST, "unsupported_value", param, message)
                .toException();
    }
}
