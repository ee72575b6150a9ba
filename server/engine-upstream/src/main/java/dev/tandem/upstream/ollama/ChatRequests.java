package dev.tandem.upstream.ollama;

import dev.tandem.engines.Refusal;
import dev.tandem.engines.TokenLimit;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Passage;
import dev.tandem.upstream.ask.RawJson;
import dev.tandem.upstream.ask.Supported;
import dev.tandem.upstream.ask.ToolNames;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Chat requests of the contract as the server takes them. For all threads. */
final class ChatRequests {
    private static final Supported SUPPORTED =
            new Supported(
                    Set.of(
                            "model",
                            "messages",
                            "temperature",
                            "top_p",
                            "seed",
                            "stop",
                            "max_tokens",
                            "max_completion_tokens",
                            "presence_penalty",
                            "frequency_penalty",
                            "logprobs",
                            "top_logprobs",
                            "tools",
                            "tool_choice",
                            "parallel_tool_calls",
                            "response_format",
                            "reasoning_effort"),
                    Set.of("role", "content", "tool_calls", "tool_call_id", "refusal"));

    /** Extras that stand beside the options; every other is one of them. */
    private static final Set<String> BESIDE = Set.of("think", "keep_alive");

    private final Options options;
    private final Passage passage;

    ChatRequests(OllamaSettings settings) {
        options = new Options(settings);
        passage = new Passage(settings.passing());
    }

    /** A prompt that is too long is refused by the server rather than cut. */
    byte[] of(ChatRequest request) {
        SUPPORTED.check(request);
        passage.checkRequest(request.getExtraMap());
        JsonObject body =
                JsonObject.of("model", request.getModel())
                        .put("messages", messages(request))
                        .put("stream", true)
                        .put("truncate", false)
                        .put("shift", false);
        List<JsonObject> tools = tools(request);
        if (!tools.isEmpty()) {
            body.put("tools", tools);
        }
        format(request, body);
        thinking(request, body);
        if (request.getLogprobs()) {
            body.put("logprobs", true).put("top_logprobs", request.getTopLogprobs());
        }
        options.into(body, sampling(request));
        BESIDE.forEach(name -> {
            if (request.containsExtra(name)) {
                body.put(name, RawJson.value(request.getExtraOrThrow(name), name));
            }
        });
        return body.bytes();
    }

    private List<JsonObject> messages(ChatRequest request) {
        Turns turns = new Turns(passage);
        List<JsonObject> messages = new ArrayList<>();
        for (int i = 0; i < request.getMessagesCount(); i++) {
            messages.add(turns.of(request.getMessages(i), "messages[" + i + "]"));
        }
        return messages;
    }

    private static JsonObject sampling(ChatRequest request) {
        JsonObject options = new JsonObject();
        if (request.hasTemperature()) {
            options.put("temperature", request.getTemperature());
        }
        if (request.hasTopP()) {
            options.put("top_p", request.getTopP());
        }
        if (request.hasSeed()) {
            options.put("seed", request.getSeed());
        }
        if (request.getStopCount() > 0) {
            options.put("stop", List.copyOf(request.getStopList()));
        }
        if (request.hasPresencePenalty()) {
            options.put("presence_penalty", request.getPresencePenalty());
        }
        if (request.hasFrequencyPenalty()) {
            options.put("frequency_penalty", request.getFrequencyPenalty());
        }
        TokenLimit.of(request).ifPresent(tokens -> options.put("num_predict", tokens));
        request.getExtraMap()
                .forEach((name, json) -> {
                    if (!BESIDE.contains(name)) {
                        options.put(name, RawJson.value(json, name));
                    }
                });
        return options;
    }

    /** The server's models may call tools, but cannot be made to. */
    private static List<JsonObject> tools(ChatRequest request) {
        String mode =
                switch (request.getToolChoice().getChoiceCase()) {
                    case MODE -> request.getToolChoice().getMode();
                    case ALLOWED_TOOLS -> request.getToolChoice().getAllowedTools().getMode();
                    case CHOICE_NOT_SET -> "auto";
                    default -> "required";
                };
        if (mode.equals("required")) {
            throw Refusal.unsupportedValue(
                    "tool_choice", "This model cannot be made to call; use `auto` or `none`.");
        }
        if (mode.equals("none")) {
            return List.of();
        }
        if (request.getToolsCount() > 0
                && request.hasParallelToolCalls()
                && !request.getParallelToolCalls()) {
            throw Refusal.unsupportedValue(
                    "parallel_tool_calls",
                    "This model cannot be held to one call an answer; leave it out.");
        }
        Set<String> allowed = ToolNames.allowed(request);
        List<JsonObject> tools = new ArrayList<>();
        for (int i = 0; i < request.getToolsCount(); i++) {
            Tool tool = request.getTools(i);
            if (allowed.isEmpty() || allowed.contains(tool.getFunction().getName())) {
                tools.add(tool(tool, "tools[" + i + "]"));
            }
        }
        return tools;
    }

    private static JsonObject tool(Tool tool, String path) {
        FunctionTool function = tool.getFunction();
        if (tool.hasCustom() || function.getStrict()) {
            throw Refusal.unsupportedValue(
                    path + (tool.hasCustom() ? ".custom" : ".function.strict"),
                    "This model knows functions only, and holds nobody to their schemas.");
        }
        JsonObject own = JsonObject.of("name", function.getName());
        if (function.hasDescription()) {
            own.put("description", function.getDescription());
        }
        own.put(
                "parameters",
                function.hasParameters()
                        ? RawJson.object(function.getParameters(), path + ".function.parameters")
                        : new RawJson("{\"type\":\"object\",\"properties\":{}}"));
        return JsonObject.of("type", "function").put("function", own);
    }

    private static void format(ChatRequest request, JsonObject body) {
        JsonSchemaFormat format = request.getResponseFormat().getJsonSchema();
        switch (request.getResponseFormat().getType()) {
            case RESPONSE_FORMAT_TYPE_JSON_OBJECT -> body.put("format", "json");
            case RESPONSE_FORMAT_TYPE_JSON_SCHEMA ->
                    body.put(
                            "format",
                            RawJson.object(
                                    format.getSchema(), "response_format.json_schema.schema"));
            default -> {}
        }
    }

    private static void thinking(ChatRequest request, JsonObject body) {
        if (!request.hasReasoningEffort()) {
            return;
        }
        String effort = request.getReasoningEffort();
        switch (effort) {
            case "none" -> body.put("think", false);
            case "low", "medium", "high" -> body.put("think", effort);
            default ->
                    throw Refusal.unsupportedValue(
                            "reasoning_effort",
                            "This model knows `none`, `low`, `medium` and `high`.");
        }
    }
}
