package dev.tandem.llamacpp;

import dev.tandem.llamacpp.calls.CallFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls and their results as text, for models whose templates know neither: a result is told in the
 * question that it belongs to, from which small models answer best; the call itself is left out.
 * Calls without a result stand as the model would write them.
 */
final class ToolTurns {
    private final List<Map<String, @Nullable Object>> told = new ArrayList<>();
    private final Map<String, String> callsById = new HashMap<>();
    private final List<String> unanswered = new ArrayList<>();

    private ToolTurns() {}

    static List<Map<String, @Nullable Object>> asText(List<Map<String, @Nullable Object>> turns) {
        var texts = new ToolTurns();
        turns.forEach(texts::add);
        texts.tellUnanswered();
        return texts.told;
    }

    private void add(Map<String, @Nullable Object> turn) {
        if ("tool".equals(turn.get("role"))) {
            result(turn);
            return;
        }
        tellUnanswered();
        if (turn.get("tool_calls") instanceof List<?> calls) {
            calls.forEach(call -> call(call, calls.size() > 1));
            if (!"".equals(turn.get("content"))) {
                Map<String, @Nullable Object> rest = new LinkedHashMap<>(turn);
                rest.remove("tool_calls");
                told.add(rest);
            }
        } else {
            told.add(turn);
        }
    }

    private void call(@Nullable Object call, boolean several) {
        if (call instanceof Map<?, ?> entry
                && entry.get("function") instanceof Map<?, ?> function) {
            String id = String.valueOf(entry.get("id"));
            String name = String.valueOf(function.get("name"));
            String arguments = JsonTree.write(function.get("arguments"));
            callsById.put(id, several ? name + " for " + arguments : name);
            unanswered.add(CallFormat.HERMES.call(name, arguments));
        }
    }

    private void result(Map<String, @Nullable Object> turn) {
        unanswered.clear();
        Object id = turn.get("tool_call_id");
        String name = callsById.get(id == null ? "" : id.toString());
        String line =
                "The tool "
                        + (name == null ? turn.getOrDefault("name", "") : name)
                        + " returned: "
                        + turn.get("content");
        Map<String, @Nullable Object> last = told.isEmpty() ? Map.of() : told.getLast();
        if ("user".equals(last.get("role"))) {
            Map<String, @Nullable Object> longer = new LinkedHashMap<>(last);
            longer.put("content", last.get("content") + "\n" + line);
            told.set(told.size() - 1, longer);
        } else {
            Map<String, @Nullable Object> own = new LinkedHashMap<>();
            own.put("role", "user");
            own.put("content", line);
            told.add(own);
        }
    }

    private void tellUnanswered() {
        if (!unanswered.isEmpty()) {
            Map<String, @Nullable Object> own = new LinkedHashMap<>();
            own.put("role", "assistant");
            own.put("content", String.join("\n", unanswered));
            told.add(own);
            unanswered.clear();
        }
    }
}
