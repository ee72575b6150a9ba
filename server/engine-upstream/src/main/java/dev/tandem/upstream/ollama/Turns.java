package dev.tandem.upstream.ollama;

import dev.tandem.engines.Refusal;
import dev.tandem.upstream.ask.DataAddress;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Passage;
import dev.tandem.upstream.ask.RawJson;
import dev.tandem.upstream.ask.Told;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A conversation's messages as the server has them. Used by one thread. */
final class Turns {
    private static final String REASONING = "reasoning_content";

    private final Passage passage;
    private final Map<String, String> namesOfCalls = new HashMap<>();

    Turns(Passage passage) {
        this.passage = passage;
    }

    /** The next message; its path is {@code messages[0]}. */
    JsonObject of(ChatMessage given, String path) {
        ChatMessage message = passage.message(given, path);
        JsonObject turn = JsonObject.of("role", role(message, path));
        List<String> pictures = new ArrayList<>();
        turn.put("content", content(message, path, pictures));
        if (!pictures.isEmpty()) {
            turn.put("images", pictures);
        }
        message.getExtraMap()
                .forEach((name, json) -> {
                    if (!name.equals(REASONING)) {
                        throw Refusal.unsupportedValue(
                                path + "." + name,
                                "This model's server knows no such field; leave it out.");
                    }
                    turn.put("thinking", text(json, path + "." + name));
                });
        if (message.getToolCallsCount() > 0) {
            turn.put("tool_calls", calls(message, path));
        }
        if (message.hasToolCallId()) {
            turn.put("tool_call_id", message.getToolCallId());
            String name = namesOfCalls.get(message.getToolCallId());
            if (name != null) {
                turn.put("tool_name", name);
            }
        }
        return turn;
    }

    private static String role(ChatMessage message, String path) {
        return switch (message.getRole()) {
            case ROLE_SYSTEM, ROLE_DEVELOPER -> "system";
            case ROLE_USER -> "user";
            case ROLE_ASSISTANT -> "assistant";
            case ROLE_TOOL -> "tool";
            default ->
                    throw Refusal.unsupportedValue(
                            path + ".role",
                            "This model knows no such role; give results as role `tool`.");
        };
    }

    private static String content(ChatMessage message, String path, List<String> pictures) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < message.getContentCount(); i++) {
            ContentPart part = message.getContent(i);
            String place = path + ".content[" + i + "]";
            if (part.hasPromptCacheBreakpoint() || part.getExtraCount() > 0) {
                throw Refusal.unsupportedValue(
                        place + ".prompt_cache_breakpoint",
                        "This model's server caches prompts by itself; leave it out.");
            }
            switch (part.getPartCase()) {
                case TEXT -> text.append(part.getText());
                case REFUSAL -> text.append(part.getRefusal());
                case IMAGE_URL -> pictures.add(picture(part, place + ".image_url"));
                default ->
                        throw Refusal.unsupportedValue(
                                place + "." + part.getPartCase().name().toLowerCase(Locale.ROOT),
                                "This model reads texts and pictures only.");
            }
        }
        return text.append(message.getRefusal()).toString();
    }

    private static String picture(ContentPart part, String path) {
        String detail = part.getImageUrl().getDetail();
        if (!detail.isEmpty() && !detail.equals("auto")) {
            throw Refusal.unsupportedValue(
                    path + ".detail",
                    "This model looks at pictures in one way; use `auto` or leave it out.");
        }
        return DataAddress.of(part.getImageUrl().getUrl())
                .filter(data -> data.type().startsWith("image/"))
                .orElseThrow(() ->
                        Refusal.unsupportedValue(
                                path + ".url", "Send pictures as `data:image/png;base64,…`."))
                .base64();
    }

    private static String text(String json, String path) {
        Told told = Told.read(("{\"text\":" + json + "}").getBytes(StandardCharsets.UTF_8));
        if (told == null || !(told.members().get("text") instanceof String text)) {
            throw Refusal.unsupportedValue(path, "This field must hold a text.");
        }
        return text;
    }

    private List<JsonObject> calls(ChatMessage message, String path) {
        List<JsonObject> calls = new ArrayList<>();
        for (int i = 0; i < message.getToolCallsCount(); i++) {
            ToolCall call = message.getToolCalls(i);
            String place = path + ".tool_calls[" + i + "]";
            if (call.hasCustom()) {
                throw Refusal.unsupportedValue(
                        place + ".custom", "This model knows no custom tools.");
            }
            String name = call.getFunction().getName();
            String arguments = call.getFunction().getArguments();
            namesOfCalls.put(call.getId(), name);
            JsonObject function =
                    JsonObject.of("name", name)
                            .put(
                                    "arguments",
                                    arguments.isBlank()
                                            ? RawJson.EMPTY
                                            : RawJson.object(
                                                    arguments, place + ".function.arguments"));
            calls.add(JsonObject.of("id", call.getId()).put("function", function));
        }
        return calls;
    }
}
