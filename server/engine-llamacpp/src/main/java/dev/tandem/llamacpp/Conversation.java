package dev.tandem.llamacpp;

import dev.tandem.llamacpp.template.ChatInput;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import dev.tandem.v1.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request's messages in the shape that chat templates expect. */
final class Conversation {
    private Conversation() {}

    /**
     * The template's input: contents as one string ("" beside tool calls alone: templates print
     * what is null), developers as the system (templates know no other), the arguments of tool
     * calls as objects.
     */
    static ChatInput of(ChatRequest request, Map<String, @Nullable Object> templateArguments) {
        List<Map<String, @Nullable Object>> messages = new ArrayList<>();
        for (int i = 0; i < request.getMessagesCount(); i++) {
            messages.add(message(request.getMessages(i), "messages[" + i + "]"));
        }
        return new ChatInput(messages, null, true, templateArguments);
    }

    private static Map<String, @Nullable Object> message(ChatMessage message, String path) {
        Map<String, @Nullable Object> turn = new LinkedHashMap<>();
        turn.put("role", role(message.getRole()));
        turn.put("content", text(message));
        if (message.hasName()) {
            turn.put("name", message.getName());
        }
        String thoughts = message.getExtraMap().get("reasoning_content");
        if (thoughts != null) {
            turn.put("reasoning_content", thoughts(thoughts, path));
        }
        if (message.hasToolCallId()) {
            turn.put("tool_call_id", message.getToolCallId());
        }
        if (message.getToolCallsCount() > 0) {
            List<Object> calls = new ArrayList<>();
            for (int i = 0; i < message.getToolCallsCount(); i++) {
                calls.add(toolCall(message.getToolCalls(i), path + ".tool_calls[" + i + "]"));
            }
            turn.put("tool_calls", calls);
        }
        return turn;
    }

    private static @Nullable Object thoughts(String json, String path) {
        try {
            if (JsonTree.read(json) instanceof String text) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw Refusals.unsupported(path + ".reasoning_content", "The value must be a string.");
    }

    private static String role(Role role) {
        return switch (role) {
            case ROLE_SYSTEM, ROLE_DEVELOPER -> "system";
            case ROLE_ASSISTANT -> "assistant";
            case ROLE_TOOL -> "tool";
            default -> "user"; // the contract's rules let no other through
        };
    }

    private static String text(ChatMessage message) {
        String content =
                message.getContentList().stream()
                        .map(Conversation::text)
                        .collect(Collectors.joining());
        return content.isEmpty() ? message.getRefusal() : content;
    }

    private static String text(ContentPart part) {
        return part.hasRefusal() ? part.getRefusal() : part.getText();
    }

    private static Map<String, @Nullable Object> toolCall(ToolCall call, String path) {
        Map<String, @Nullable Object> function = new LinkedHashMap<>();
        function.put("name", call.getFunction().getName());
        function.put("arguments", arguments(call.getFunction().getArguments(), path));
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("type", "function");
        entry.put("id", call.getId());
        entry.put("function", function);
        return entry;
    }

    private static @Nullable Object arguments(String json, String path) {
        try {
            return JsonTree.read(json.isBlank() ? "{}" : json);
        } catch (IllegalArgumentException e) {
            throw Refusals.unsupported(path + ".function.arguments", "The arguments are not JSON.");
        }
    }
}
