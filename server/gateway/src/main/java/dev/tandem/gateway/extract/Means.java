package dev.tandem.gateway.extract;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ExtractMode;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.NamedFunction;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolChoice;
import java.util.List;

/** By what a model is held to a schema. */
enum Means {
    /** The response format. */
    SCHEMA(ExtractMode.EXTRACT_MODE_JSON_SCHEMA, "response_format"),
    /** A tool that it has to call. */
    TOOL(ExtractMode.EXTRACT_MODE_TOOLS, "tool"),
    /** Words. */
    TEXT(ExtractMode.EXTRACT_MODE_JSON_TEXT, "");

    private static final String NAME = "extract";

    private final ExtractMode mode;
    private final String field;

    Means(ExtractMode mode, String field) {
        this.mode = mode;
        this.field = field;
    }

    /** Those to be tried, in their order. */
    static List<Means> of(ExtractMode wanted) {
        return switch (wanted) {
            case EXTRACT_MODE_JSON_SCHEMA -> List.of(SCHEMA);
            case EXTRACT_MODE_TOOLS -> List.of(TOOL);
            case EXTRACT_MODE_JSON_TEXT -> List.of(TEXT);
            default -> List.of(values());
        };
    }

    ExtractMode mode() {
        return mode;
    }

    /** Has an engine said that it cannot do this? */
    boolean refusedBy(ApiError error) {
        return !field.isEmpty()
                && error.reason().equals(Reasons.UNSUPPORTED_VALUE.name())
                && error.param() != null
                && error.param().startsWith(field);
    }

    /** Holds the answers to a request to the schema. */
    void addTo(ChatRequest.Builder request, Asked asked) {
        switch (this) {
            case SCHEMA -> {
                JsonSchemaFormat.Builder format =
                        JsonSchemaFormat.newBuilder().setName(NAME).setSchema(asked.schema());
                if (asked.strict()) {
                    format.setStrict(true);
                }
                request.setResponseFormat(
                        ResponseFormat.newBuilder()
                                .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA)
                                .setJsonSchema(format));
            }
            case TOOL -> {
                FunctionTool.Builder tool =
                        FunctionTool.newBuilder()
                                .setName(NAME)
                                .setDescription("Takes what was read out of the text.")
                                .setParameters(asked.schema());
                if (asked.strict()) {
                    tool.setStrict(true);
                }
                request.addTools(Tool.newBuilder().setFunction(tool))
                        .setToolChoice(
                                ToolChoice.newBuilder()
                                        .setFunction(NamedFunction.newBuilder().setName(NAME)));
            }
            case TEXT -> {}
        }
    }
}
