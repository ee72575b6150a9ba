package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.llamacpp.template.ChatInput;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.FunctionCall;
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
     * calls as objects. The older function call and its result are a tool call and its result.
     */
    static ChatInput of(
            List<ChatMessage> conversation,
            boolean addGenerationPrompt,
            Map<String, @Nullable Object> templateArguments) {
        List<Map<String, @Nullable Object>> messages = new ArrayList<>();
        for (int i = 0; i < conversation.size(); i++) {
            messages.add(message(conversation.get(i), "messages[" + i + "]"));
        }
        return new ChatInput(messages, null, addGenerationPrompt, templateArguments);
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
        List<Object> calls = toolCalls(message, path);
        if (!calls.isEmpty()) {
            turn.put("tool_calls", calls);
        }
        return turn;
    }

    private static List<Object> toolCalls(ChatMessage message, String path) {
        List<Object> calls = new ArrayList<>();
        for (int i = 0; i < message.getToolCallsCount(); i++) {
            ToolCall call = message.getToolCalls(i);
            String place = path + ".tool_calls[" + i + "].function";
            calls.add(toolCall(call.getId(), call.getFunction(), place));
        }
        if (message.hasFunctionCall()) {
            calls.add(toolCall("", message.getFunctionCall(), path + ".function_call"));
        }
        return calls;
    }

    private static @Nullable Object thoughts(String json, String path) {
        try {
            if (JsonTree.read(json) instanceof String text) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw Refusal.unsupportedValue(path + ".reasoning_content", "The value must be a string.");
    }

    private static String role(Role role) {
        return switch (role) {
            case ROLE_SYSTEM, ROLE_DEVELOPER -> "system";
            case ROLE_ASSISTANT -> "assistant";
            case ROLE_TOOL, ROLE_FUNCTION -> "tool";
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

    private static Map<String, @Nullable Object> toolCall(
            String id, FunctionCall call, String path) {
        Map<String, @Nullable Object> function = new LinkedHashMap<>();
        function.put("name", call.getName());
        function.put("arguments", arguments(call.getArguments(), path));
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("type", "function");
        entry.put("id", id);
        entry.put("function", function);
        return entry;
    }

    private static @Nullable Object arguments(String json, String path) {
        try {
            return JsonTree.read(json.isBlank() ? "{}" : json);
        } catch (IllegalArgumentException e) {
            throw Refusal.unsupportedValue(path + ".arguments", "The arguments are not JSON.");
        }
    }
}
