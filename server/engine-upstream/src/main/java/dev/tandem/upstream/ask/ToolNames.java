package dev.tandem.upstream.ask;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.AllowedTool;
import dev.tandem.v1.ChatRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of a request's functions its {@code tool_choice} names. */
public final class ToolNames {
    private ToolNames() {}

    /**
     * Those that the model is held to by {@code allowed_tools}; empty for all. Each is looked up.
     */
    public static Set<String> allowed(ChatRequest request) {
        Set<String> names = new LinkedHashSet<>();
        List<AllowedTool> allowed = request.getToolChoice().getAllowedTools().getToolsList();
        for (int i = 0; i < allowed.size(); i++) {
            String name = allowed.get(i).getFunction().getName();
            check(request, name, "tool_choice.allowed_tools.tools[" + i + "]");
            names.add(name);
        }
        return names;
    }

    /**
     * Refuses a name that none of the request's functions has.
     *
     * @param path where it stands
     */
    public static void check(ChatRequest request, String name, String path) {
        Set<String> known =
                request.getToolsList().stream()
                        .map(tool -> tool.getFunction().getName())
                        .collect(Collectors.toSet());
        if (!known.contains(name)) {
            throw Refusal.unsupportedValue(
                    path, "There is no function of this name among the request's tools.");
        }
    }
}
