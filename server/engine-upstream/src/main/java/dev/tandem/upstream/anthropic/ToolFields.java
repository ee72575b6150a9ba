package dev.tandem.upstream.anthropic;

import dev.tandem.engines.Refusal;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.RawJson;
import dev.tandem.upstream.ask.ToolNames;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A request's tools, and whether they may, must or must not be called. */
final class ToolFields {
    private static final RawJson NO_ARGUMENTS =
            new RawJson("{\"type\":\"object\",\"properties\":{}}");

    private final List<JsonObject> tools;
    private final JsonObject choice;

    private ToolFields(List<JsonObject> tools, JsonObject choice) {
        this.tools = tools;
        this.choice = choice;
    }

    /** Of a request that may have none. */
    static ToolFields of(ChatRequest request) {
        JsonObject choice = choice(request);
        boolean one = request.hasParallelToolCalls() && !request.getParallelToolCalls();
        if (one && !mode(request).equals("none") && request.getToolsCount() > 0) {
            choice.put("disable_parallel_tool_use", true);
        }
        return new ToolFields(tools(request), choice);
    }

    private static List<JsonObject> tools(ChatRequest request) {
        Set<String> allowed = ToolNames.allowed(request);
        List<JsonObject> tools = new ArrayList<>();
        for (int i = 0; i < request.getToolsCount(); i++) {
            Tool tool = request.getTools(i);
            if (tool.hasCustom()) {
                throw Refusal.unsupportedValue(
                        "tools[" + i + "].custom", "This model knows functions only.");
            }
            if (allowed.isEmpty() || allowed.contains(tool.getFunction().getName())) {
                tools.add(tool(tool.getFunction(), "tools[" + i + "].function"));
            }
        }
        return tools;
    }

    private static JsonObject tool(FunctionTool function, String path) {
        JsonObject tool = JsonObject.of("name", function.getName());
        if (function.hasDescription()) {
            tool.put("description", function.getDescription());
        }
        tool.put(
                "input_schema",
                function.hasParameters()
                        ? RawJson.object(function.getParameters(), path + ".parameters")
                        : NO_ARGUMENTS);
        if (function.getStrict()) {
            tool.put("strict", true);
        }
        return tool;
    }

    private static String mode(ChatRequest request) {
        return switch (request.getToolChoice().getChoiceCase()) {
            case MODE -> request.getToolChoice().getMode();
            case ALLOWED_TOOLS -> request.getToolChoice().getAllowedTools().getMode();
            default -> "auto";
        };
    }

    private static JsonObject choice(ChatRequest request) {
        return switch (request.getToolChoice().getChoiceCase()) {
            case FUNCTION -> {
                String name = request.getToolChoice().getFunction().getName();
                ToolNames.check(request, name, "tool_choice.function.name");
                yield JsonObject.of("type", "tool").put("name", name);
            }
            case CUSTOM ->
                    throw Refusal.unsupportedValue(
                            "tool_choice.custom", "This model knows functions only.");
            default -> byMode(request);
        };
    }

    private static JsonObject byMode(ChatRequest request) {
        String mode = mode(request);
        if (mode.equals("required") && request.getToolsCount() == 0) {
            throw Refusal.unsupportedValue(
                    "tool_choice", "There are no tools in the request that could be called.");
        }
        return JsonObject.of("type", mode.equals("required") ? "any" : mode);
    }

    /** Sets the fields of a request that has tools. */
    void into(JsonObject body) {
        if (!tools.isEmpty()) {
            body.put("tools", tools).put("tool_choice", choice);
        }
    }

    /**
     * Sets the fields for an answer that is a tool's input.
     *
     * @param answer the tool whose input it is
     */
    void into(JsonObject body, JsonObject answer, ChatRequest request) {
        boolean callable = !tools.isEmpty() && !mode(request).equals("none");
        boolean forced = request.getToolChoice().hasFunction() || mode(request).equals("required");
        if (callable && forced) {
            throw Refusal.unsupportedValue(
                    "response_format",
                    "This model cannot be held to JSON and to a tool at once; leave one out.");
        }
        checkNames(request);
        List<JsonObject> all = new ArrayList<>(tools);
        all.add(answer);
        JsonObject must =
                callable
                        ? JsonObject.of("type", "any")
                        : JsonObject.of("type", "tool").put("name", ResponseFields.ANSWER);
        body.put("tools", all).put("tool_choice", must.put("disable_parallel_tool_use", true));
    }

    private static void checkNames(ChatRequest request) {
        Set<String> allowed = ToolNames.allowed(request);
        for (int i = 0; i < request.getToolsCount(); i++) {
            String name = request.getTools(i).getFunction().getName();
            if (name.equals(ResponseFields.ANSWER)
                    && (allowed.isEmpty() || allowed.contains(name))) {
                throw Refusal.unsupportedValue(
                        "tools[" + i + "].function.name",
                        "This name is taken where the answer is JSON of this form; choose another.");
            }
        }
    }
}
