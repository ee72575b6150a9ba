package com.example.people;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reason;
import java.util.List;

/** The errors of this service, beside those that every service has. */
final class PeopleErrors {
    private static final Reason NOT_FOUND =
            new Reason("person_not_found", Code.NOT_FOUND, "nobody has this id");
    private static final Reason EXISTS =
            new Reason("person_exists", Code.ALREADY_EXISTS, "somebody has this name already");
    static final Reason GATEWAY_UNAVAILABLE =
            new Reason("gateway_unavailable", Code.UNAVAILABLE, "the model cannot be reached");
    static final Reason GATEWAY_FAILED =
            new Reason("gateway_failed", Code.UPSTREAM_FAILED, "the model did not answer well");

    /** For the documentation. */
    static final List<Reason> ALL = List.of(NOT_FOUND, EXISTS, GATEWAY_UNAVAILABLE, GATEWAY_FAILED);

    private PeopleErrors() {}

    static ApiException notFound(String id) {
        return ApiError.ofParam(NOT_FOUND, "id", "Nobody has the id '" + id + "'.").toException();
    }

    static ApiException exists(String name) {
        return ApiError.ofParam(EXISTS, "name", "'" + name + "' is in the directory already.")
                .toException();
    }
}
