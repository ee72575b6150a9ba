package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.FunctionCall;
import dev.tandem.v1.Role;
import dev.tandem.v1.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request's messages in the shape that chat templates expect. */
final class Conversation {
    private Conversation() {}

    /**
     * The template's turns: contents as one string ("" beside tool calls alone: templates print
     * what is null), developers as the system (templates know no other), the arguments of tool
     * calls as objects. The older function call and its result are a tool call and its result.
     *
     * @param shortIds whether the template takes only ids of nine letters and digits
     */
    static List<Map<String, @Nullable Object>> turns(
            List<ChatMessage> conversation, boolean shortIds) {
        List<Map<String, @Nullable Object>> messages = new ArrayList<>();
        for (int i = 0; i < conversation.size(); i++) {
            messages.add(message(conversation.get(i), "messages[" + i + "]", shortIds));
        }
        return messages;
    }

    private static Map<String, @Nullable Object> message(
            ChatMessage message, String path, boolean shortIds) {
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
            turn.put("tool_call_id", id(message.getToolCallId(), shortIds));
        }
        List<Object> calls = toolCalls(message, path, shortIds);
        if (!calls.isEmpty()) {
            turn.put("tool_calls", calls);
        }
        return turn;
    }

    private static List<Object> toolCalls(ChatMessage message, String path, boolean shortIds) {
        List<Object> calls = new ArrayList<>();
        for (int i = 0; i < message.getToolCallsCount(); i++) {
            ToolCall call = message.getToolCalls(i);
            String place = path + ".tool_calls[" + i + "].function";
            calls.add(toolCall(id(call.getId(), shortIds), call.getFunction(), place));
        }
        if (message.hasFunctionCall()) {
            calls.add(toolCall("", message.getFunctionCall(), path + ".function_call"));
        }
        return calls;
    }

    private static String id(String id, boolean shortIds) {
        if (!shortIds || id.matches("[a-zA-Z0-9]{9}")) {
            return id;
        }
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        String digits = UUID.nameUUIDFromBytes(bytes).toString().replace("-", "");
        return digits.substring(0, 9);
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
