package dev.tandem.gateway.answer;

import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the answers to a request must be: the JSON that its response format asks for, and tool calls
 * with the arguments that its strict tools ask for. Immutable.
 */
public final class AnswerForm {
    private static final SchemaCheck OBJECT =
            SchemaCheck.of(new JsonObject(Map.of("type", new JsonString("object"))));

    private final @Nullable SchemaCheck content;
    private final Map<String, SchemaCheck> arguments;

    private AnswerForm(@Nullable SchemaCheck content, Map<String, SchemaCheck> arguments) {
        this.content = content;
        this.arguments = arguments;
    }

    /**
     * That of a request; null where any answer will do.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code validation_failed} where one of its
     *     schemas is none
     */
    public static @Nullable AnswerForm of(ChatRequest request) {
        if (!request.hasResponseFormat() && request.getToolsCount() == 0) {
            return null;
        }
        SchemaCheck content = content(request.getResponseFormat());
        Map<String, SchemaCheck> arguments = arguments(request);
        return content == null && arguments.isEmpty() ? null : new AnswerForm(content, arguments);
    }

    private static @Nullable SchemaCheck content(ResponseFormat format) {
        if (format.getType() == ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_OBJECT) {
            return OBJECT;
        }
        if (format.getType() != ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA) {
            return null;
        }
        return format.getJsonSchema().hasSchema()
                ? Schemas.of(
                                "response_format.json_schema.schema",
                                format.getJsonSchema().getSchema())
                        .check()
                : OBJECT;
    }

    private static Map<String, SchemaCheck> arguments(ChatRequest request) {
        Map<String, SchemaCheck> checks = new HashMap<>();
        for (int i = 0; i < request.getToolsCount(); i++) {
            FunctionTool function = request.getTools(i).getFunction();
            if (function.getStrict() && function.hasParameters()) {
                String field = "tools[" + i + "].function.parameters";
                checks.put(function.getName(), Schemas.of(field, function.getParameters()).check());
            }
        }
        return checks;
    }

    /** What the text of an answer is held against; null where any text will do. */
    @Nullable SchemaCheck content() {
        return content;
    }

    /** What the arguments of a call are held against; null where any will do. */
    @Nullable SchemaCheck arguments(String tool) {
        return arguments.get(tool);
    }
}
