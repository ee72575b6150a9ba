package dev.tandem.client;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call failed: the server refused it, could not do it or cannot be reached, its time is up, or it
 * was cancelled. The message is the server's, for people.
 */
@SuppressWarnings("serial") // the list is an immutable one, which is serializable
public final class TandemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Status.Code code;
    private final String reason;
    private final String param;
    private final List<Violation> violations;
    private final String requestId;
    private final @Nullable Duration retryAfter;

    /** What a server tells beside code and message. */
    record Details(
            String reason,
            String param,
            List<Violation> violations,
            String requestId,
            @Nullable Duration retryAfter) {
        static final Details NONE = new Details("", "", List.of(), "", null);

        /** With what headers tell, where these do not: those of a proxy that refused, perhaps. */
        Details or(String otherRequestId, @Nullable Duration otherRetryAfter) {
            return new Details(
                    reason,
                    param,
                    violations,
                    requestId.isEmpty() ? otherRequestId : requestId,
                    retryAfter == null ? otherRetryAfter : retryAfter);
        }
    }

    TandemException(Status.Code code, String message, Details details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        reason = details.reason();
        param = details.param();
        violations = List.copyOf(details.violations());
        requestId = details.requestId();
        retryAfter = details.retryAfter();
    }

    /** By this side, not by the server. */
    static TandemException ours(Status.Code code, String message, @Nullable Throwable cause) {
        return new TandemException(code, message, Details.NONE, cause);
    }

    /** The gRPC status. */
    public Status.Code code() {
        return code;
    }

    /**
     * Why, for programs: {@code validation_failed}, {@code model_not_found}. Empty where the server
     * did not tell, as where it cannot be reached.
     */
    public String reason() {
        return reason;
    }

    /** The field that is at fault; empty where none is. */
    public String param() {
        return param;
    }

    /**
     * All rules that the request breaks, in the order of its fields, or all limits that refuse it;
     * mostly none.
     */
    public List<Violation> violations() {
        return violations;
    }

    /** By which the server's log knows the call; empty where the server did not tell. */
    public String requestId() {
        return requestId;
    }

    /** When to try again, where the server tells. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
