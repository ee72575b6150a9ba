package dev.tandem.gateway.service;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.FunctionCallChoice;
import dev.tandem.v1.FunctionTool;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** As {@link ToolRules}, for the older form of tools. */
final class LegacyFunctionRules {
    private LegacyFunctionRules() {}

    @SuppressWarnings("deprecation") // deprecated for callers, not for those who still serve it
    static List<Violation> of(ChatRequest request) {
        BrokenRules broken = new BrokenRules();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < request.getFunctionsCount(); i++) {
            FunctionTool function = request.getFunctions(i);
            String path = "functions[" + i + "]";
            if (!names.add(function.getName())) {
                broken.add(
                        path + ".name",
                        "unique",
                        "Is the name of an earlier function; names must differ.");
            }
            if (function.hasParameters()) {
                JsonObjects.check(path + ".parameters", function.getParameters(), broken);
            }
        }
        if (request.hasFunctionCall()) {
            choice(request.getFunctionCall(), names, broken);
        }
        return broken.all();
    }

    private static void choice(FunctionCallChoice choice, Set<String> names, BrokenRules broken) {
        if (choice.getMode().equals("none")) {
            return;
        }
        if (names.isEmpty()) {
            broken.add("function_call", "needs_functions", "Needs functions to choose from.");
        } else if (choice.hasName() && !names.contains(choice.getName())) {
            broken.add(
                    "function_call.name",
                    "unknown_function",
                    "Must be the name of one of the functions.");
        }
    }
}
