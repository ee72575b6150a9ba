package dev.tandem.llamacpp;

import dev.tandem.v1.FunctionTool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the model is told besides the conversation. */
final class Instructions {
    private Instructions() {}

    /**
     * Adds an instruction: behind the first system turn, or as one; where the model's template
     * knows no such turns, in front of the first question.
     */
    static List<Map<String, @Nullable Object>> add(
            List<Map<String, @Nullable Object>> turns, String instruction, boolean systemTurns) {
        if (instruction.isEmpty()) {
            return turns;
        }
        List<Map<String, @Nullable Object>> all = new ArrayList<>(turns);
        if (systemTurns && !"system".equals(all.getFirst().get("role"))) {
            all.addFirst(turn("system", instruction));
        } else {
            Map<String, @Nullable Object> longer = new LinkedHashMap<>(all.getFirst());
            Object said = longer.get("content");
            longer.put(
                    "content",
                    systemTurns ? said + "\n\n" + instruction : instruction + "\n\n" + said);
            all.set(0, longer);
        }
        return all;
    }

    /** A turn of a conversation. */
    static Map<String, @Nullable Object> turn(String role, String content) {
        Map<String, @Nullable Object> turn = new LinkedHashMap<>();
        turn.put("role", role);
        turn.put("content", content);
        return turn;
    }

    /** The functions as templates take tools. */
    static List<Object> tools(ToolUse use) {
        List<Object> tools = new ArrayList<>();
        use.functions()
                .forEach((place, function) -> {
                    Map<String, @Nullable Object> tool = new LinkedHashMap<>();
                    tool.put("type", "function");
                    tool.put("function", described(function));
                    tools.add(tool);
                });
        return tools;
    }

    private static Map<String, @Nullable Object> described(FunctionTool function) {
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("name", function.getName());
        described.put("description", function.getDescription());
        String parameters = function.getParameters();
        described.put(
                "parameters",
                parameters.isEmpty()
                        ? Map.of("type", "object", "properties", Map.of())
                        : JsonTree.read(parameters));
        return described;
    }
}
