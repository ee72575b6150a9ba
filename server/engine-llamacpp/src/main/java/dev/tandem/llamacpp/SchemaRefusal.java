package dev.tandem.llamacpp;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.structured.schema.Problem;
import java.util.List;

/** A schema to which answers cannot be held, as the caller's error. */
final class SchemaRefusal {
    private static final String RULE = "schema";

    private SchemaRefusal() {}

    /**
     * 400 {@code unsupported_value} with every problem.
     *
     * @param field where the request has the schema; a problem's place is the field, {@code #} and
     *     the JSON Pointer into the schema
     * @param problems at least one
     */
    static ApiException of(String field, List<Problem> problems) {
        List<ApiError.Violation> all =
                problems.stream()
                        .map(problem ->
                                ApiError.Violation.saying(
                                        place(field, problem), RULE, problem.sentence()))
                        .toList();
        ApiError.Violation first = all.getFirst();
        String more = all.size() > 1 ? " (and " + (all.size() - 1) + " more)" : "";
        return ApiError.ofParam(Reasons.UNSUPPORTED_VALUE, first.field(), first.message() + more)
                .violating(all)
                .toException();
    }

    private static String place(String field, Problem problem) {
        return problem.pointer().isEmpty() ? field : field + "#" + problem.pointer();
    }
}
