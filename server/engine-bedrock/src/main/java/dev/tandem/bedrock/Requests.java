package dev.tandem.bedrock;

import dev.tandem.bedrock.BedrockSettings.Schemas;
import dev.tandem.engines.Refusal;
import dev.tandem.engines.TokenLimit;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.ResponseFormatType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormat;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatStructure;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;

/** Requests of the contract as the API takes them. For all threads. */
final class Requests {
    private static final Set<String> TIERS = Set.of("default", "priority", "flex", "reserved");

    private final BedrockSettings settings;

    Requests(BedrockSettings settings) {
        this.settings = settings;
    }

    /**
     * A request to be sent.
     *
     * @param answerTool the tool whose input is the answer; null where the answer is text
     */
    record Asked(ConverseStreamRequest request, @Nullable String answerTool) {
        /** The same for an answer that comes whole. */
        ConverseRequest whole() {
            return ConverseRequest.builder()
                    .modelId(request.modelId())
                    .messages(request.messages())
                    .system(request.system())
                    .inferenceConfig(request.inferenceConfig())
                    .toolConfig(request.toolConfig())
                    .additionalModelRequestFields(request.additionalModelRequestFields())
                    .serviceTier(request.serviceTier())
                    .outputConfig(request.outputConfig())
                    .build();
        }
    }

    /** The request as the API takes it; refuses what the API cannot do. */
    Asked of(ChatRequest request) {
        Refusals.check(request, settings.passing().request());
        Conversation conversation =
                Conversation.of(
                        request.getMessagesList(),
                        new Conversation.Reasoning(settings.dialect().unsignedReasoning()));
        ConverseStreamRequest.Builder own =
                ConverseStreamRequest.builder()
                        .modelId(request.getModel())
                        .messages(conversation.turns())
                        .inferenceConfig(inference(request))
                        .additionalModelRequestFields(additional(request));
        if (!conversation.system().isEmpty()) {
            own.system(conversation.system());
        }
        tier(request, own);
        String answerTool = form(request, own);
        if (answerTool == null) {
            own.toolConfig(Tools.of(request, conversation.usesTools()));
        }
        return new Asked(own.build(), answerTool);
    }

    private static InferenceConfiguration inference(ChatRequest request) {
        InferenceConfiguration.Builder inference = InferenceConfiguration.builder();
        TokenLimit.of(request).ifPresent(inference::maxTokens);
        if (request.hasTemperature()) {
            inference.temperature((float) request.getTemperature());
        }
        if (request.hasTopP()) {
            inference.topP((float) request.getTopP());
        }
        if (request.getStopCount() > 0) {
            inference.stopSequences(request.getStopList());
        }
        return inference.build();
    }

    /** Null where there is none. */
    private static @Nullable Document additional(ChatRequest request) {
        if (request.getExtraCount() == 0) {
            return null;
        }
        Map<String, Document> fields = new LinkedHashMap<>();
        request.getExtraMap()
                .forEach((name, json) -> {
                    Document value = Documents.read(json);
                    if (value == null) {
                        throw Refusal.unsupportedValue(name, "It is no JSON.");
                    }
                    fields.put(name, value);
                });
        return Document.fromMap(fields);
    }

    private static void tier(ChatRequest request, ConverseStreamRequest.Builder own) {
        String tier = request.getServiceTier();
        if (tier.isEmpty() || tier.equals("auto")) {
            return;
        }
        Refusals.refuse(
                !TIERS.contains(tier),
                "service_tier",
                "This model knows auto, default, flex, priority and reserved.");
        own.serviceTier(ServiceTier.builder().type(tier).build());
    }

    /** Sets the answer's form; returns the tool whose input is the answer, or null. */
    private @Nullable String form(ChatRequest request, ConverseStreamRequest.Builder own) {
        OutputConfig.Builder output = OutputConfig.builder();
        ResponseFormatType type = request.getResponseFormat().getType();
        boolean schema = type == ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA;
        boolean byField = schema && settings.dialect().schemas() == Schemas.OUTPUT_FORMAT;
        if (byField) {
            output.textFormat(format(request.getResponseFormat().getJsonSchema()));
        }
        if (request.hasReasoningEffort()) {
            output.effort(request.getReasoningEffort());
        }
        if (byField || request.hasReasoningEffort()) {
            own.outputConfig(output.build());
        }
        boolean object = type == ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_OBJECT;
        return object || (schema && !byField) ? forceTool(request, own) : null;
    }

    private static OutputFormat format(JsonSchemaFormat form) {
        return OutputFormat.builder()
                .type(OutputFormatType.JSON_SCHEMA)
                .structure(
                        OutputFormatStructure.fromJsonSchema(definition -> {
                            definition.name(form.getName()).schema(schema(form));
                            if (!form.getDescription().isEmpty()) {
                                definition.description(form.getDescription());
                            }
                        }))
                .build();
    }

    private static String schema(JsonSchemaFormat form) {
        Refusals.refuse(
                form.getSchema().isEmpty(),
                "response_format.json_schema.schema",
                "This model needs the schema; `json_object` does without.");
        return form.getSchema();
    }

    private static String forceTool(ChatRequest request, ConverseStreamRequest.Builder own) {
        Refusals.refuse(
                request.getToolsCount() > 0 && !request.getToolChoice().getMode().equals("none"),
                "response_format",
                "This model cannot have tools and a form of its answer at once; leave out one.");
        JsonSchemaFormat form = request.getResponseFormat().getJsonSchema();
        boolean any = !request.getResponseFormat().hasJsonSchema();
        String name = any ? "answer" : form.getName();
        String said = form.getDescription();
        own.toolConfig(
                Tools.forced(
                        name,
                        said.isEmpty() ? "Gives the answer, as the tool's input." : said,
                        any ? "{\"type\":\"object\"}" : schema(form),
                        "response_format.json_schema.schema"));
        return name;
    }
}
