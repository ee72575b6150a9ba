package dev.tandem.upstream.anthropic;

import dev.tandem.engines.Refusal;
import dev.tandem.engines.TokenLimit;
import dev.tandem.upstream.anthropic.AnthropicSettings.Dialect;
import dev.tandem.upstream.anthropic.AnthropicSettings.Structured;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Passage;
import dev.tandem.upstream.ask.RawJson;
import dev.tandem.upstream.ask.Supported;
import dev.tandem.v1.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests of the contract as the API takes them. For all threads. */
final class MessageRequests {
    private static final Supported SUPPORTED =
            new Supported(
                    Set.of(
                            "model",
                            "messages",
                            "temperature",
                            "top_p",
                            "stop",
                            "max_tokens",
                            "max_completion_tokens",
                            "user",
                            "safety_identifier",
                            "tools",
                            "tool_choice",
                            "parallel_tool_calls",
                            "response_format",
                            "reasoning_effort",
                            "service_tier",
                            "prompt_cache_options"),
                    Set.of("role", "content", "tool_calls", "tool_call_id", "refusal"));

    private final Dialect dialect;
    private final Passage passage;

    MessageRequests(AnthropicSettings settings) {
        dialect = settings.dialect();
        passage = new Passage(settings.passing());
    }

    /**
     * A request as it is sent.
     *
     * @param answersByTool is the input of the tool {@link ResponseFields#ANSWER} the answer?
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, compared by nobody
    record Prepared(byte[] json, boolean answersByTool) {}

    Prepared of(ChatRequest request) {
        SUPPORTED.check(request);
        passage.checkRequest(request.getExtraMap());
        JsonObject body =
                JsonObject.of("model", request.getModel())
                        .put("max_tokens", TokenLimit.of(request).orElse(dialect.maxTokens()))
                        .put("stream", true);
        Conversation conversation = new Conversation(passage);
        for (int i = 0; i < request.getMessagesCount(); i++) {
            conversation.add(request.getMessages(i), "messages[" + i + "]");
        }
        conversation.into(body);
        sampling(request, body);
        Structured structured = ResponseFields.way(request, dialect.structured());
        Optional<JsonObject> answer = ResponseFields.answerTool(request, structured);
        ToolFields tools = ToolFields.of(request);
        answer.ifPresentOrElse(tool -> tools.into(body, tool, request), () -> tools.into(body));
        JsonObject config = ResponseFields.outputConfig(request, structured);
        if (!config.isEmpty()) {
            body.put("output_config", config);
        }
        service(request, body);
        request.getExtraMap().forEach((name, json) -> body.put(name, RawJson.value(json, name)));
        return new Prepared(body.bytes(), answer.isPresent());
    }

    private static void sampling(ChatRequest request, JsonObject body) {
        if (request.hasTemperature()) {
            if (request.getTemperature() > 1) {
                throw Refusal.unsupportedValue(
                        "temperature", "This model takes temperatures from 0 to 1.");
            }
            body.put("temperature", request.getTemperature());
        }
        if (request.hasTopP()) {
            body.put("top_p", request.getTopP());
        }
        if (request.getStopCount() > 0) {
            body.put("stop_sequences", List.copyOf(request.getStopList()));
        }
    }

    private static void service(ChatRequest request, JsonObject body) {
        String person =
                request.hasSafetyIdentifier() ? request.getSafetyIdentifier() : request.getUser();
        if (!person.isEmpty()) {
            body.put("metadata", JsonObject.of("user_id", person));
        }
        if (request.hasServiceTier()) {
            body.put("service_tier", tier(request.getServiceTier()));
        }
        cache(request, body);
    }

    private static String tier(String wanted) {
        return switch (wanted) {
            case "auto" -> "auto";
            case "default" -> "standard_only";
            default ->
                    throw Refusal.unsupportedValue(
                            "service_tier", "This model's server knows `auto` and `default`.");
        };
    }

    /** What is marked is cached in either mode; only with the other is more cached than that. */
    private static void cache(ChatRequest request, JsonObject body) {
        if (!request.hasPromptCacheOptions()) {
            return;
        }
        String mode = request.getPromptCacheOptions().getMode();
        if (mode.isEmpty() || mode.equals("implicit")) {
            body.put(
                    "cache_control",
                    CacheHints.of(
                            request.getPromptCacheOptions().getTtl(), "prompt_cache_options.ttl"));
        } else if (!mode.equals("explicit")) {
            throw Refusal.unsupportedValue(
                    "prompt_cache_options.mode",
                    "This model's server knows `implicit` and `explicit`.");
        }
    }
}
