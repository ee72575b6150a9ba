package dev.tandem.upstream.anthropic;

import dev.tandem.engines.Refusal;
import dev.tandem.upstream.anthropic.AnthropicSettings.Structured;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.OpenSchema;
import dev.tandem.upstream.ask.RawJson;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.ResponseFormatType;
import java.util.Optional;
import java.util.Set;

/**
 * The form of the answer: a schema that the server samples by, or a tool that must be called. The
 * API has no form "any JSON object" (its schemas must be closed), so that and schemas that are open
 * are always a tool's input.
 */
final class ResponseFields {
    /** The name of the tool whose input is the answer. */
    static final String ANSWER = "answer";

    private static final RawJson ANY_OBJECT = new RawJson("{\"type\":\"object\"}");
    private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

    private ResponseFields() {}

    /**
     * How this request's answer is held to its schema: the API answers schemas whose objects are
     * not all closed with a 400, but takes them as a tool's input.
     *
     * @param usual the way of schemas that are closed
     */
    static Structured way(ChatRequest request, Structured usual) {
        String schema = request.getResponseFormat().getJsonSchema().getSchema();
        return OpenSchema.isObject(schema) ? Structured.TOOL : usual;
    }

    /** The tool whose input is the answer; empty where the answer is text. */
    static Optional<JsonObject> answerTool(ChatRequest request, Structured structured) {
        ResponseFormatType type = request.getResponseFormat().getType();
        JsonSchemaFormat format = request.getResponseFormat().getJsonSchema();
        if (type == ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_OBJECT) {
            return Optional.of(answer("The answer, as a JSON object.", ANY_OBJECT));
        }
        if (type != ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA
                || structured == Structured.FORMAT) {
            return Optional.empty();
        }
        String words = format.hasDescription() ? format.getDescription() : "The answer.";
        return Optional.of(answer(words, schema(format)));
    }

    private static JsonObject answer(String description, RawJson schema) {
        return JsonObject.of("name", ANSWER)
                .put("description", description)
                .put("input_schema", schema);
    }

    /** What {@code output_config} holds; empty where there is nothing to say. */
    static JsonObject outputConfig(ChatRequest request, Structured structured) {
        JsonObject config = new JsonObject();
        String effort = request.getReasoningEffort();
        if (request.hasReasoningEffort()) {
            if (!EFFORTS.contains(effort)) {
                throw Refusal.unsupportedValue(
                        "reasoning_effort",
                        "This model knows `low`, `medium`, `high`, `xhigh` and `max`.");
            }
            config.put("effort", effort);
        }
        if (request.getResponseFormat().getType()
                        == ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA
                && structured == Structured.FORMAT) {
            config.put(
                    "format",
                    JsonObject.of("type", "json_schema")
                            .put("schema", schema(request.getResponseFormat().getJsonSchema())));
        }
        return config;
    }

    private static RawJson schema(JsonSchemaFormat format) {
        if (!format.hasSchema()) {
            throw Refusal.unsupportedValue(
                    "response_format.json_schema.schema", "There must be a schema.");
        }
        return RawJson.object(format.getSchema(), "response_format.json_schema.schema");
    }
}
