package dev.tandem.bedrock;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.AllowedTool;
import dev.tandem.v1.AllowedTools;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.FunctionTool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** What the model may call, and whether it must, as the API takes it. */
final class Tools {
    private Tools() {}

    /**
     * The tools of a request; null where it shall call none.
     *
     * @param used are there calls or results in the conversation? The API takes them only together
     *     with tools
     */
    static @Nullable ToolConfiguration of(ChatRequest request, boolean used) {
        boolean none = request.getToolChoice().getMode().equals("none");
        Refusals.refuse(
                none && used,
                "tool_choice",
                "This model cannot be kept from calling tools in a conversation that has calls;"
                        + " leave out the tools' turns, or choose `auto`.");
        Refusals.refuse(
                used && request.getToolsCount() == 0,
                "tools",
                "The conversation has tools' turns; this model needs the tools themselves, too.");
        if (none || request.getToolsCount() == 0) {
            Refusals.refuse(
                    !none && request.hasToolChoice() && !mode(request).equals("auto"),
                    "tool_choice",
                    "There are no tools to choose from; send `tools`.");
            return null;
        }
        List<Tool> tools = new ArrayList<>(request.getToolsCount());
        Set<String> allowed = allowed(request);
        for (int i = 0; i < request.getToolsCount(); i++) {
            String path = "tools[" + i + "]";
            Refusals.refuse(
                    !request.getTools(i).hasFunction(),
                    path + ".custom",
                    "This model knows functions only.");
            FunctionTool function = request.getTools(i).getFunction();
            if (allowed.isEmpty() || allowed.contains(function.getName())) {
                tools.add(tool(function, path + ".function"));
            }
        }
        ToolConfiguration.Builder configuration = ToolConfiguration.builder().tools(tools);
        ToolChoice choice = choice(request);
        return (choice == null ? configuration : configuration.toolChoice(choice)).build();
    }

    private static String mode(ChatRequest request) {
        return request.getToolChoice().getMode();
    }

    /** The names to which the caller holds the model; empty for all. */
    private static Set<String> allowed(ChatRequest request) {
        Set<String> names = new HashSet<>();
        AllowedTools allowed = request.getToolChoice().getAllowedTools();
        for (int i = 0; i < allowed.getToolsCount(); i++) {
            AllowedTool tool = allowed.getTools(i);
            String path = "tool_choice.allowed_tools.tools[" + i + "]";
            Refusals.refuse(!tool.hasFunction(), path, "This model knows functions only.");
            String name = tool.getFunction().getName();
            checkKnown(request, name, path);
            names.add(name);
        }
        return names;
    }

    private static void checkKnown(ChatRequest request, String name, String path) {
        Refusals.refuse(
                request.getToolsList().stream()
                        .noneMatch(tool -> tool.getFunction().getName().equals(name)),
                path,
                "It is none of the request's tools.");
    }

    /** Null where the model may do as it likes. */
    private static @Nullable ToolChoice choice(ChatRequest request) {
        return switch (request.getToolChoice().getChoiceCase()) {
            case CHOICE_NOT_SET -> null;
            case MODE -> choice(mode(request));
            case FUNCTION -> {
                String name = request.getToolChoice().getFunction().getName();
                checkKnown(request, name, "tool_choice.function.name");
                yield only(name);
            }
            case ALLOWED_TOOLS -> choice(request.getToolChoice().getAllowedTools().getMode());
            case CUSTOM ->
                    throw Refusal.unsupportedValue(
                            "tool_choice.custom", "This model knows functions only.");
        };
    }

    private static ToolChoice choice(String mode) {
        return mode.equals("required")
                ? ToolChoice.fromAny(any -> {})
                : ToolChoice.fromAuto(auto -> {});
    }

    private static ToolChoice only(String name) {
        return ToolChoice.fromTool(tool -> tool.name(name));
    }

    private static Tool tool(FunctionTool function, String path) {
        String schema = function.getParameters();
        ToolSpecification.Builder spec =
                ToolSpecification.builder()
                        .name(function.getName())
                        .inputSchema(schema(schema, path + ".parameters"));
        if (!function.getDescription().isEmpty()) {
            spec.description(function.getDescription());
        }
        if (function.getStrict()) {
            spec.strict(true);
        }
        return Tool.fromToolSpec(spec.build());
    }

    private static ToolInputSchema schema(String json, String path) {
        Document schema =
                Documents.read(json.isEmpty() ? "{\"type\":\"object\",\"properties\":{}}" : json);
        if (schema == null || !schema.isMap()) {
            throw Refusal.unsupportedValue(path, "The schema must be a JSON object.");
        }
        return ToolInputSchema.fromJson(schema);
    }

    /**
     * One tool that the model must call, whose input is its answer.
     *
     * @param schema of the answer, as JSON text
     * @param path of the schema in the request
     */
    static ToolConfiguration forced(String name, String description, String schema, String path) {
        ToolSpecification spec =
                ToolSpecification.builder()
                        .name(name)
                        .description(description)
                        .inputSchema(schema(schema, path))
                        .build();
        return ToolConfiguration.builder()
                .tools(Tool.fromToolSpec(spec))
                .toolChoice(only(name))
                .build();
    }
}
