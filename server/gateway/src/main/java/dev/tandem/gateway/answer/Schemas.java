package dev.tandem.gateway.answer;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.structured.check.CheckedSchema;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.schema.SchemaRefused;

/** The JSON Schemas of requests. */
public final class Schemas {
    private Schemas() {}

    /**
     * Takes a schema that stands in a request.
     *
     * @param field the path of the request's field
     * @throws ApiException {@code validation_failed} with the place of each thing that is wrong
     *     with it: its {@linkplain Places place}
     */
    public static CheckedSchema of(String field, String text) {
        try {
            return CheckedSchema.of(text);
        } catch (SchemaRefused e) {
            throw refused(field, e);
        }
    }

    /**
     * Takes a schema that something in a request stands for.
     *
     * @throws ApiException as {@link #of(String, String)}
     */
    public static CheckedSchema of(String field, Json schema) {
        try {
            return CheckedSchema.of(schema);
        } catch (SchemaRefused e) {
            throw refused(field, e);
        }
    }

    private static ApiException refused(String field, SchemaRefused e) {
        return ApiError.violations(
                        e.problems().stream()
                                .map(problem ->
                                        Violation.saying(
                                                Places.of(field, problem.pointer()),
                                                "schema",
                                                problem.sentence()))
                                .toList())
                .toException();
    }
}
