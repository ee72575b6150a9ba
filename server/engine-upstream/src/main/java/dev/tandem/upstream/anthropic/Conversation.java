package dev.tandem.upstream.anthropic;

import dev.tandem.engines.Refusal;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Passage;
import dev.tandem.upstream.ask.RawJson;
import dev.tandem.upstream.ask.Told;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation as the API has it: instructions apart, and turns of user and assistant in which
 * neighbours of the same role are one; the results of tools are the user's. Used by one thread.
 */
final class Conversation {
    /** The messages' field by which signed thoughts come back. */
    static final String THINKING_BLOCKS = "thinking_blocks";

    private final Passage passage;
    private final List<Object> system = new ArrayList<>();
    private final List<JsonObject> turns = new ArrayList<>();
    private List<Object> blocks = new ArrayList<>();
    private String role = "";

    Conversation(Passage passage) {
        this.passage = passage;
    }

    /** The next message; its path is {@code messages[0]}. */
    void add(ChatMessage given, String path) {
        ChatMessage message = passage.message(given, path);
        for (String name : message.getExtraMap().keySet()) {
            if (!name.equals(THINKING_BLOCKS)) {
                throw Refusal.unsupportedValue(
                        path + "." + name,
                        "This model's server takes this field in a part of the message only.");
            }
        }
        switch (message.getRole()) {
            case ROLE_SYSTEM, ROLE_DEVELOPER ->
                    system.addAll(Blocks.of(message.getContentList(), path, false));
            case ROLE_USER -> say("user", Blocks.of(message.getContentList(), path, true));
            case ROLE_ASSISTANT -> say("assistant", spoken(message, path));
            case ROLE_TOOL -> say("user", List.of(result(message, path)));
            default ->
                    throw Refusal.unsupportedValue(
                            path + ".role",
                            "This model knows no such role; give results as role `tool`.");
        }
    }

    private void say(String who, List<?> what) {
        if (what.isEmpty()) {
            return;
        }
        if (!who.equals(role)) {
            role = who;
            blocks = new ArrayList<>();
            turns.add(JsonObject.of("role", who).put("content", blocks));
        }
        blocks.addAll(what);
    }

    private static List<Object> spoken(ChatMessage message, String path) {
        List<Object> spoken = new ArrayList<>(thoughts(message, path));
        spoken.addAll(Blocks.of(message.getContentList(), path, false));
        if (!message.getRefusal().isEmpty()) {
            spoken.add(Blocks.text(message.getRefusal()));
        }
        for (int i = 0; i < message.getToolCallsCount(); i++) {
            spoken.add(call(message.getToolCalls(i), path + ".tool_calls[" + i + "]"));
        }
        return spoken;
    }

    /** Signed, as an earlier answer had them: only such, so that nothing else comes in this way. */
    private static List<?> thoughts(ChatMessage message, String path) {
        String json = message.getExtraOrDefault(THINKING_BLOCKS, "[]");
        Told told = Told.read(("{\"blocks\":" + json + "}").getBytes(StandardCharsets.UTF_8));
        List<?> blocks = told == null ? List.of() : told.list("blocks");
        boolean known =
                told != null
                        && told.members().get("blocks") instanceof List<?>
                        && told.members().size() == 1
                        && told.objects("blocks").size() == blocks.size()
                        && told.objects("blocks").stream().allMatch(Conversation::isThought);
        if (!known) {
            throw Refusal.unsupportedValue(
                    path + "." + THINKING_BLOCKS,
                    "Send it as an answer had it: a list of thinking and redacted_thinking"
                            + " blocks.");
        }
        return blocks;
    }

    private static boolean isThought(Told block) {
        String type = block.text("type");
        return type.equals("thinking") || type.equals("redacted_thinking");
    }

    private static JsonObject call(ToolCall call, String path) {
        if (call.hasCustom()) {
            throw Refusal.unsupportedValue(path + ".custom", "This model knows no custom tools.");
        }
        String arguments = call.getFunction().getArguments();
        return JsonObject.of("type", "tool_use")
                .put("id", call.getId())
                .put("name", call.getFunction().getName())
                .put(
                        "input",
                        arguments.isBlank()
                                ? RawJson.EMPTY
                                : RawJson.object(arguments, path + ".function.arguments"));
    }

    private static JsonObject result(ChatMessage message, String path) {
        return JsonObject.of("type", "tool_result")
                .put("tool_use_id", message.getToolCallId())
                .put("content", Blocks.of(message.getContentList(), path, true));
    }

    /** Sets instructions and turns. */
    void into(JsonObject body) {
        if (turns.isEmpty()) {
            throw Refusal.unsupportedValue(
                    "messages", "This model needs a message of a user that is not empty.");
        }
        if (!system.isEmpty()) {
            body.put("system", system);
        }
        body.put("messages", turns);
    }
}
