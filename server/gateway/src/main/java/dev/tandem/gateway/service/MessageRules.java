package dev.tandem.gateway.service;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.Role;
import java.util.List;

/** What the messages of a conversation must have and may have, by their roles. */
public final class MessageRules {
    private final BrokenRules broken = new BrokenRules();

    private MessageRules() {}

    /** What is wrong with messages, with the paths of the JSON: {@code messages[0].content}. */
    public static List<Violation> of(List<ChatMessage> messages) {
        MessageRules rules = new MessageRules();
        for (int i = 0; i < messages.size(); i++) {
            rules.message("messages[" + i + "]", messages.get(i));
        }
        return rules.broken.all();
    }

    private void message(String path, ChatMessage message) {
        if (message.getContentCount() == 0 && !mayLackContent(message)) {
            broken.add(path + ".content", "required", "Must be given.");
        }
        switch (message.getRole()) {
            case ROLE_TOOL -> {
                if (message.getToolCallId().isEmpty()) {
                    broken.add(
                            path + ".tool_call_id",
                            "required",
                            "Must name the tool call that this message answers.");
                }
            }
            case ROLE_FUNCTION -> {
                if (message.getName().isEmpty()) {
                    broken.add(
                            path + ".name",
                            "required",
                            "Must name the function whose result this message is.");
                }
            }
            default -> {}
        }
        only(Role.ROLE_TOOL, message, message.hasToolCallId(), path + ".tool_call_id");
        only(Role.ROLE_ASSISTANT, message, message.getToolCallsCount() > 0, path + ".tool_calls");
        only(Role.ROLE_ASSISTANT, message, message.hasFunctionCall(), path + ".function_call");
        only(Role.ROLE_ASSISTANT, message, message.hasAudio(), path + ".audio");
    }

    private void only(Role role, ChatMessage message, boolean there, String field) {
        if (there && message.getRole() != role) {
            String word = role == Role.ROLE_TOOL ? "tool" : "assistant";
            broken.add(field, "role", "May stand in a message of role " + word + " only.");
        }
    }

    private static boolean mayLackContent(ChatMessage message) {
        return switch (message.getRole()) {
            case ROLE_ASSISTANT ->
                    message.getToolCallsCount() > 0
                            || message.hasRefusal()
                            || message.hasFunctionCall()
                            || message.hasAudio();
            case ROLE_FUNCTION -> true;
            default -> false;
        };
    }
}
