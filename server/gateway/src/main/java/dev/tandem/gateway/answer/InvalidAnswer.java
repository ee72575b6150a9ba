package dev.tandem.gateway.answer;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.structured.check.SchemaCheck;
import java.util.List;

/** The error for an answer that is not what was asked for. */
public final class InvalidAnswer {
    /** The longest sentence about one violation: models may write names of any length. */
    private static final int LONGEST = 500;

    private InvalidAnswer() {}

    /**
     * What is wrong with an answer.
     *
     * @param field where the answer stands
     */
    public static List<Violation> violations(
            String field, List<dev.tandem.structured.check.Violation> found) {
        return found.stream()
                .map(violation ->
                        Violation.saying(
                                cut(Places.of(field, violation.pointer())),
                                violation.rule(),
                                cut(violation.sentence())))
                .toList();
    }

    /** {@code answer_invalid} with at least one violation. */
    public static ApiError error(List<Violation> violations) {
        Violation first = violations.getFirst();
        String more = violations.size() > 1 ? " (and " + (violations.size() - 1) + " more)" : "";
        return ApiError.of(
                        EngineReasons.ANSWER_INVALID,
                        "The model's answer is not what was asked for: "
                                + (first.field().isEmpty() ? "" : first.field() + ": ")
                                + first.message()
                                + more
                                + " Try again, or ask for something simpler.")
                .violating(violations.stream().limit(SchemaCheck.MAX_VIOLATIONS).toList());
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
