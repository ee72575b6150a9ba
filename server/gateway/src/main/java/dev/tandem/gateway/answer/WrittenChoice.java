package dev.tandem.gateway.answer;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.v1.Delta;
import dev.tandem.v1.ToolCallDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is to be checked of one choice, growing delta by delta. */
final class WrittenChoice {
    private final int index;
    private final BoundedText content = new BoundedText();
    private final Map<Integer, WrittenCall> calls = new TreeMap<>();
    private boolean refused;

    private static final class WrittenCall {
        private String tool = "";
        private final BoundedText arguments = new BoundedText();
    }

    WrittenChoice(int index) {
        this.index = index;
    }

    void add(Delta delta) {
        content.add(delta.getContent());
        refused |= !delta.getRefusal().isEmpty();
        for (ToolCallDelta news : delta.getToolCallsList()) {
            WrittenCall call = calls.computeIfAbsent(news.getIndex(), i -> new WrittenCall());
            if (!news.getFunction().getName().isEmpty()) {
                call.tool = news.getFunction().getName();
            }
            call.arguments.add(news.getFunction().getArguments());
        }
    }

    /** What is wrong with it once it has ended; nothing where it was cut or refused. */
    List<Violation> violations(AnswerForm form, String finishReason) {
        boolean stopped = finishReason.equals("stop");
        if (refused || !(stopped || finishReason.equals("tool_calls"))) {
            return List.of();
        }
        String message = "choices[" + index + "].message";
        SchemaCheck whole = form.content();
        if (stopped && calls.isEmpty() && whole != null) {
            return InvalidAnswer.violations(
                    message + ".content", whole.violations(content.toString()));
        }
        List<Violation> all = new ArrayList<>();
        calls.forEach((number, call) -> {
            SchemaCheck arguments = form.arguments(call.tool);
            if (arguments != null) {
                all.addAll(
                        InvalidAnswer.violations(
                                message + ".tool_calls[" + number + "].function.arguments",
                                arguments.violations(call.arguments.toString())));
            }
        });
        return all;
    }
}
