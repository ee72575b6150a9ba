package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.AllowedTool;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which functions an answer may call, and whether it must.
 *
 * @param functions by their place in the request ({@code tools[0].function}); those that may not be
 *     called are left out
 * @param required whether the answer has to be a call
 * @param several whether it may be more than one
 * @param older whether the request has the older {@code functions}, and the answer {@code
 *     function_call}
 */
record ToolUse(
        Map<String, FunctionTool> functions, boolean required, boolean several, boolean older) {
    private static final String CUSTOM =
            "This model calls functions only; leave out the custom tool.";

    /** No tools. */
    static final ToolUse NONE = new ToolUse(Map.of(), false, false, false);

    /** What the request wants, checked. */
    @SuppressWarnings("deprecation") // deprecated for callers; who uses it shall get an answer
    static ToolUse of(ChatRequest request) {
        if (request.getFunctionsCount() > 0) {
            return ofFunctions(request);
        }
        Map<String, FunctionTool> all = new LinkedHashMap<>();
        for (int i = 0; i < request.getToolsCount(); i++) {
            Tool tool = request.getTools(i);
            String place = "tools[" + i + "]";
            if (tool.hasCustom()) {
                throw Refusal.unsupportedValue(place + ".custom", CUSTOM);
            }
            add(all, place + ".function", tool.getFunction());
        }
        boolean several = !request.hasParallelToolCalls() || request.getParallelToolCalls();
        return chosen(all, request.getToolChoice(), several);
    }

    private static void add(Map<String, FunctionTool> all, String place, FunctionTool function) {
        boolean twice =
                all.values().stream().anyMatch(other -> other.getName().equals(function.getName()));
        if (twice) {
            throw Refusal.unsupportedValue(
                    place + ".name", "There is a function of this name already; rename one.");
        }
        all.put(place, function);
    }

    private static ToolUse chosen(
            Map<String, FunctionTool> all, ToolChoice choice, boolean several) {
        return switch (choice.getChoiceCase()) {
            case FUNCTION ->
                    new ToolUse(
                            only(
                                    all,
                                    List.of(choice.getFunction().getName()),
                                    "tool_choice.function.name"),
                            true,
                            several,
                            false);
            case ALLOWED_TOOLS -> {
                List<String> names = new ArrayList<>();
                for (AllowedTool tool : choice.getAllowedTools().getToolsList()) {
                    if (tool.hasCustom()) {
                        throw Refusal.unsupportedValue("tool_choice.allowed_tools", CUSTOM);
                    }
                    names.add(tool.getFunction().getName());
                }
                yield new ToolUse(
                        only(all, names, "tool_choice.allowed_tools.tools"),
                        choice.getAllowedTools().getMode().equals("required"),
                        several,
                        false);
            }
            case CUSTOM -> throw Refusal.unsupportedValue("tool_choice.custom", CUSTOM);
            case MODE, CHOICE_NOT_SET -> ofMode(all, choice.getMode(), several);
        };
    }

    private static ToolUse ofMode(Map<String, FunctionTool> all, String mode, boolean several) {
        boolean required = mode.equals("required");
        if (required && all.isEmpty()) {
            throw Refusal.unsupportedValue(
                    "tool_choice", "There is no tool that could be called; give tools.");
        }
        return mode.equals("none") || all.isEmpty()
                ? NONE
                : new ToolUse(all, required, several, false);
    }

    private static Map<String, FunctionTool> only(
            Map<String, FunctionTool> all, List<String> names, String param) {
        Map<String, FunctionTool> some = new LinkedHashMap<>();
        all.forEach((place, function) -> {
            if (names.contains(function.getName())) {
                some.put(place, function);
            }
        });
        for (String name : names) {
            if (some.values().stream().noneMatch(one -> one.getName().equals(name))) {
                throw Refusal.unsupportedValue(
                        param, "There is no function `" + name + "` in the request's tools.");
            }
        }
        return some;
    }

    @SuppressWarnings("deprecation") // as above
    private static ToolUse ofFunctions(ChatRequest request) {
        if (request.getToolsCount() > 0) {
            throw Refusal.unsupportedValue(
                    "functions", "Give either tools or the older functions, not both.");
        }
        Map<String, FunctionTool> all = new LinkedHashMap<>();
        for (int i = 0; i < request.getFunctionsCount(); i++) {
            add(all, "functions[" + i + "]", request.getFunctions(i));
        }
        if (request.getFunctionCall().hasName()) {
            String name = request.getFunctionCall().getName();
            return new ToolUse(only(all, List.of(name), "function_call.name"), true, false, true);
        }
        return request.getFunctionCall().getMode().equals("none")
                ? NONE
                : new ToolUse(all, false, false, true);
    }

    /** Whether there is nothing to call. */
    boolean isEmpty() {
        return functions.isEmpty();
    }
}
