package dev.tandem.gateway.service;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.v1.AllowedTool;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolChoice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tools have names of their own, and a choice is among them. */
final class ToolRules {
    private final BrokenRules broken = new BrokenRules();
    private final Set<String> functions = new HashSet<>();
    private final Set<String> customs = new HashSet<>();

    private ToolRules() {}

    static List<Violation> of(ChatRequest request) {
        ToolRules rules = new ToolRules();
        for (int i = 0; i < request.getToolsCount(); i++) {
            rules.tool("tools[" + i + "]", request.getTools(i));
        }
        if (request.hasToolChoice()) {
            rules.choice(request.getToolChoice());
        }
        return rules.broken.all();
    }

    private void tool(String path, Tool tool) {
        if (tool.hasCustom()) {
            name(path + ".custom.name", tool.getCustom().getName(), customs);
            return;
        }
        FunctionTool function = tool.getFunction();
        name(path + ".function.name", function.getName(), functions);
        if (function.hasParameters()) {
            JsonObjects.check(path + ".function.parameters", function.getParameters(), broken);
        }
    }

    private void name(String path, String name, Set<String> own) {
        if (functions.contains(name) || customs.contains(name)) {
            broken.add(path, "unique", "Is the name of an earlier tool; names must differ.");
        }
        own.add(name);
    }

    private void choice(ToolChoice choice) {
        if (choice.getMode().equals("none")) {
            return;
        }
        if (functions.isEmpty() && customs.isEmpty()) {
            broken.add("tool_choice", "needs_tools", "Needs tools to choose from.");
            return;
        }
        switch (choice.getChoiceCase()) {
            case FUNCTION ->
                    known("tool_choice.function", choice.getFunction().getName(), functions);
            case CUSTOM -> known("tool_choice.custom", choice.getCustom().getName(), customs);
            case ALLOWED_TOOLS -> {
                for (int i = 0; i < choice.getAllowedTools().getToolsCount(); i++) {
                    allowed(
                            "tool_choice.allowed_tools.tools[" + i + "]",
                            choice.getAllowedTools().getTools(i));
                }
            }
            default -> {}
        }
    }

    private void allowed(String path, AllowedTool tool) {
        if (tool.hasCustom()) {
            known(path + ".custom", tool.getCustom().getName(), customs);
        } else {
            known(path + ".function", tool.getFunction().getName(), functions);
        }
    }

    private void known(String path, String name, Set<String> names) {
        if (!names.contains(name)) {
            broken.add(path + ".name", "unknown_tool", "Must be the name of one of the tools.");
        }
    }
}
