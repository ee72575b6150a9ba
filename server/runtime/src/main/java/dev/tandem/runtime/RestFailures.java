package dev.tandem.runtime;

import dev.tandem.runtime.auth.AuthReasons;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.transcoding.openapi.Failure;
import dev.tandem.transcoding.openapi.Failure.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The errors that operations over REST answer with, for the document. */
final class RestFailures {
    /**
     * Those of the runtime that any service meets; the others are told where a method names them.
     */
    private static final Map<Reason, Where> OWN =
            Map.ofEntries(
                    Map.entry(Reasons.BAD_REQUEST, Where.EVERYWHERE),
                    Map.entry(Reasons.INVALID_TIMEOUT, Where.EVERYWHERE),
                    Map.entry(Reasons.INTERNAL_ERROR, Where.EVERYWHERE),
                    Map.entry(Reasons.HOST_NOT_ALLOWED, Where.GUARDED),
                    Map.entry(Reasons.ORIGIN_NOT_ALLOWED, Where.GUARDED),
                    Map.entry(Reasons.VALIDATION_FAILED, Where.METHODS),
                    Map.entry(Reasons.NOT_ACCEPTABLE, Where.METHODS),
                    Map.entry(Reasons.INVALID_QUERY, Where.METHODS),
                    Map.entry(Reasons.SERVER_STOPPING, Where.METHODS),
                    Map.entry(Reasons.DEADLINE_EXCEEDED, Where.METHODS),
                    Map.entry(Reasons.INVALID_JSON, Where.BODIES),
                    Map.entry(Reasons.MALFORMED_BODY, Where.BODIES),
                    Map.entry(Reasons.MALFORMED_FORM, Where.FORMS),
                    Map.entry(Reasons.UNEXPECTED_BODY, Where.BODILESS),
                    Map.entry(Reasons.REQUEST_TOO_LARGE, Where.BODIES),
                    Map.entry(Reasons.UNSUPPORTED_MEDIA_TYPE, Where.BODIES),
                    Map.entry(Reasons.UNSUPPORTED_CONTENT_ENCODING, Where.BODIES),
                    Map.entry(Reasons.INVALID_PATH, Where.VARIABLES),
                    Map.entry(Reasons.NOT_FOUND, Where.VARIABLES),
                    Map.entry(Reasons.UNSUPPORTED_VALUE, Where.UNSTREAMED));

    private RestFailures() {}

    /**
     * All of them.
     *
     * @param more the services' own
     */
    static List<Failure> all(List<Reason> more, Access access) {
        List<Failure> failures = new ArrayList<>();
        for (Reason reason : Reasons.ALL) {
            boolean asked = access.guarded() && reason.equals(Reasons.UNAUTHENTICATED);
            failures.add(
                    failure(reason, asked ? Where.GUARDED : OWN.getOrDefault(reason, Where.NAMED)));
        }
        if (access.guarded()) {
            AuthReasons.ALL.forEach(reason -> failures.add(failure(reason, Where.GUARDED)));
        }
        more.forEach(reason -> failures.add(failure(reason, Where.NAMED)));
        return failures;
    }

    private static Failure failure(Reason reason, Where where) {
        return new Failure(
                reason.name(), reason.code().http(), reason.code().type(), reason.when(), where);
    }
}
