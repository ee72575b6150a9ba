package dev.tandem.upstream.openai;

import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCallDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tool calls of one choice, numbered by their place in the answer, whatever numbers the server
 * gives them: some give every call the same. Id, type and name are told once, as callers join what
 * they get. Used by one thread.
 */
final class ToolCallNumbers {
    private record Begun(int place, String id, String name) {}

    private final String prefix;
    private final Map<Integer, Begun> byServersNumber = new HashMap<>(2);
    private int next;

    /**
     * @param prefix of the ids of calls to which the server gives none
     */
    ToolCallNumbers(String prefix) {
        this.prefix = prefix;
    }

    List<ToolCallDelta> number(List<ToolCallDelta> told) {
        List<ToolCallDelta> numbered = new ArrayList<>(told.size());
        for (ToolCallDelta each : told) {
            numbered.add(number(each));
        }
        return numbered;
    }

    private ToolCallDelta number(ToolCallDelta told) {
        Begun running = byServersNumber.get(told.getIndex());
        boolean another =
                !told.getId().isEmpty() && running != null && !told.getId().equals(running.id());
        return running == null || another ? begin(told) : goOn(told, running);
    }

    private ToolCallDelta begin(ToolCallDelta told) {
        String id = told.getId().isEmpty() ? prefix + next : told.getId();
        byServersNumber.put(
                told.getIndex(), new Begun(next, told.getId(), told.getFunction().getName()));
        ToolCallDelta.Builder own = told.toBuilder().setIndex(next++).setId(id);
        if (told.getType().isEmpty()) {
            own.setType(told.hasCustom() ? "custom" : "function");
        }
        return own.build();
    }

    private static ToolCallDelta goOn(ToolCallDelta told, Begun running) {
        ToolCallDelta.Builder own =
                told.toBuilder().setIndex(running.place()).clearId().clearType();
        FunctionCallDelta function = told.getFunction();
        if (function.hasName()
                && (function.getName().isEmpty() || function.getName().equals(running.name()))) {
            own.getFunctionBuilder().clearName();
        }
        return own.build();
    }
}
