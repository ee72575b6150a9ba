package dev.tandem.runtime.call;

import com.google.protobuf.Any;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one form of every failure. The wires translate it: a gRPC status with {@code google.rpc}
 * details, an HTTP status with {@code {"error": …}}, the same object as the last event of a stream
 * that had begun.
 *
 * @param code what kind of failure
 * @param reason the machine-readable reason, snake_case: {@code code} in JSON (`model_not_found`)
 * @param message for people: what is wrong and what to do. Never a stack trace, a secret or an
 *     upstream's body
 * @param param the request field that is at fault, or null
 * @param violations every broken rule, in the request's order; of {@link Code#RATE_LIMITED} every
 *     limit that refuses, with whose it is in the place of the field; otherwise empty
 * @param retryAfter when trying again makes sense, or null
 * @param details what gRPC, gRPC-Web and Connect tell in place of the details that they make of the
 *     rest: those of a hosted service, unchanged; null where there are none such
 */
public record ApiError(
        Code code,
        String reason,
        String message,
        @Nullable String param,
        List<Violation> violations,
        @Nullable Duration retryAfter,
        @Nullable List<Any> details) {

    /**
     * One broken rule.
     *
     * @param field the path of the field, as it stands in the JSON: {@code messages[0].content}
     * @param rule the rule's id: {@code string.min_len}, {@code type}
     * @param message what is wrong, in a sentence
     */
    public record Violation(String field, String rule, String message) {
        /** Makes a sentence of words that may lack its capital and its full stop. */
        public static Violation saying(String field, String rule, String words) {
            if (words.isEmpty()) {
                return new Violation(field, rule, "The value is not allowed.");
            }
            int first = words.offsetByCodePoints(0, 1);
            String end = ".!?".indexOf(words.charAt(words.length() - 1)) < 0 ? "." : "";
            return new Violation(
                    field,
                    rule,
                    words.substring(0, first).toUpperCase(Locale.ROOT)
                            + words.substring(first)
                            + end);
        }
    }

    public ApiError {
        violations = List.copyOf(violations);
        details = details == null ? null : List.copyOf(details);
    }

    /** An error without details of somebody else's. */
    public ApiError(
            Code code,
            String reason,
            String message,
            @Nullable String param,
            List<Violation> violations,
            @Nullable Duration retryAfter) {
        this(code, reason, message, param, violations, retryAfter, null);
    }

    /** An error without field or violations. */
    public static ApiError of(Reason reason, String message) {
        return of(reason.code(), reason.name(), message);
    }

    /** An error about one request field. */
    public static ApiError ofParam(Reason reason, String param, String message) {
        return ofParam(reason.code(), reason.name(), param, message);
    }

    /** An error that is named by somebody else: a hosted service, an upstream. */
    public static ApiError of(Code code, String reason, String message) {
        return new ApiError(code, reason, message, null, List.of(), null);
    }

    /** As {@link #of(Code, String, String)}, about one request field. */
    public static ApiError ofParam(Code code, String reason, String param, String message) {
        return new ApiError(code, reason, message, param, List.of(), null);
    }

    /** Broken rules. The first one gives the message and the param. */
    public static ApiError violations(List<Violation> violations) {
        return violations(violations, violations.size());
    }

    /**
     * Broken rules, of which not all are listed.
     *
     * @param count how many there are
     */
    public static ApiError violations(List<Violation> listed, int count) {
        Violation first = listed.getFirst();
        String more = count > 1 ? " (and " + (count - 1) + " more)" : "";
        String where = first.field().isEmpty() ? "" : first.field() + ": ";
        return new ApiError(
                Reasons.VALIDATION_FAILED.code(),
                Reasons.VALIDATION_FAILED.name(),
                where + first.message() + more,
                first.field().isEmpty() ? null : first.field(),
                listed,
                null);
    }

    /** A defect of ours: tells nothing of it. */
    public static ApiError internal() {
        return of(
                Reasons.INTERNAL_ERROR,
                "The server failed to answer this request. Its log says more under the request id.");
    }

    /** The same error, worth another try after a while. */
    public ApiError retryAfter(Duration after) {
        return new ApiError(code, reason, message, param, violations, after, details);
    }

    /** The same error, with what it is made of. */
    public ApiError violating(List<Violation> broken) {
        return new ApiError(code, reason, message, param, broken, retryAfter, details);
    }

    /** The same error in other words. */
    public ApiError saying(String otherMessage) {
        return new ApiError(code, reason, otherMessage, param, violations, retryAfter, details);
    }

    /** The same error about another request field. */
    public ApiError about(String otherParam) {
        return new ApiError(code, reason, message, otherParam, violations, retryAfter, details);
    }

    /** The same error with the details that somebody else gave it, which are told unchanged. */
    public ApiError detailed(List<Any> theirs) {
        return new ApiError(code, reason, message, param, violations, retryAfter, theirs);
    }

    /** To be thrown where an error is not a return value. */
    public ApiException toException() {
        return new ApiException(this);
    }
}
