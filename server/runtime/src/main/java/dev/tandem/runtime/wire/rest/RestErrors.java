package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Violation;
import dev.tandem.transcoding.route.ParameterException;
import java.util.List;
import java.util.SortedSet;

/** The errors that this wire itself finds. */
final class RestErrors {
    private RestErrors() {}

    static ApiError unknownPath() {
        return ApiError.of(Reasons.NOT_FOUND, "There is nothing at this path; check the URL.");
    }

    static ApiError malformedPath(String message) {
        return ApiError.of(Reasons.INVALID_PATH, message);
    }

    static ApiError otherVerbs(SortedSet<String> allowed) {
        return ApiError.of(
                Reasons.METHOD_NOT_ALLOWED, "This path takes " + String.join(", ", allowed) + ".");
    }

    static ApiError tooLarge(long limit) {
        return ApiError.of(
                Reasons.REQUEST_TOO_LARGE,
                "The request body is larger than the " + limit + " bytes that this server takes.");
    }

    static ApiError malformedChunks() {
        return ApiError.of(
                Reasons.BAD_REQUEST,
                "The body's chunks are malformed: a chunk begins with its size in hexadecimal.");
    }

    static ApiError notJson() {
        return ApiError.of(
                Reasons.UNSUPPORTED_MEDIA_TYPE,
                "Send the body as JSON in UTF-8, with the header content-type: application/json.");
    }

    static ApiError encoded() {
        return ApiError.of(
                Reasons.UNSUPPORTED_CONTENT_ENCODING,
                "Send the body as it is, without a content-encoding.");
    }

    static ApiError of(JsonException e) {
        return e.kind() == JsonException.Kind.MALFORMED
                ? ApiError.of(Reasons.INVALID_JSON, String.valueOf(e.getMessage()))
                : violations(e.violations(), "");
    }

    /** Of JSON that fills one field: the paths begin with that field. */
    static ApiError of(JsonException e, String field) {
        return e.kind() == JsonException.Kind.MALFORMED ? of(e) : violations(e.violations(), field);
    }

    static ApiError of(ParameterException e) {
        return violations(e.violations(), "");
    }

    private static ApiError violations(List<Violation> violations, String field) {
        return ApiError.violations(
                violations.stream()
                        .map(each ->
                                new ApiError.Violation(
                                        joined(field, each.path()), each.rule(), each.message()))
                        .toList());
    }

    private static String joined(String field, String path) {
        if (field.isEmpty() || path.isEmpty()) {
            return field + path;
        }
        return path.startsWith("[") ? field + path : field + "." + path;
    }
}
