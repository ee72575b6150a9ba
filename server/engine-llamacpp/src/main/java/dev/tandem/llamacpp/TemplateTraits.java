package dev.tandem.llamacpp;

import dev.tandem.llamacpp.calls.CallFormat;
import dev.tandem.llamacpp.loop.AnswerForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model's chat template shows about the model: its text is searched for the marks that are
 * known.
 *
 * @param calls how it writes calls
 * @param rendersTools whether the template writes tools, calls and results itself; otherwise they
 *     are told as text
 * @param systemTurns whether the template knows instructions as a turn of their own
 * @param thoughts the marks around thoughts; null where it does not think aloud
 */
record TemplateTraits(
        CallFormat calls, boolean rendersTools, boolean systemTurns, @Nullable Marks thoughts) {
    private static final List<Marks> KNOWN =
            List.of(new Marks("<think>", "</think>"), new Marks("[THINK]", "[/THINK]"));

    /** The marks around thoughts. */
    record Marks(String begin, String end) {}

    static TemplateTraits of(String template) {
        return new TemplateTraits(
                CallFormat.of(template).orElse(CallFormat.HERMES),
                CallFormat.of(template).isPresent(),
                template.contains("system") || !template.contains("raise_exception"),
                KNOWN.stream()
                        .filter(marks -> template.contains(marks.end()))
                        .findFirst()
                        .orElse(null));
    }

    /**
     * How the answer to a prompt may think.
     *
     * @param prompt its end, as the template made it
     */
    AnswerForm.@Nullable Thinking thinking(String prompt) {
        String end = prompt.stripTrailing();
        if (thoughts == null || end.endsWith(thoughts.end())) {
            return null;
        }
        return new AnswerForm.Thinking(
                thoughts.begin(), thoughts.end(), end.endsWith(thoughts.begin()));
    }
}
