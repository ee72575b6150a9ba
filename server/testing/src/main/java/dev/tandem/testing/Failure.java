package dev.tandem.testing;

import dev.tandem.runtime.call.ApiError.Violation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as the client got it, in one form for every wire.
 *
 * @param reason the machine-readable reason: {@code code} in JSON; empty where the wire told none
 * @param message for people
 * @param param the field that is at fault, or null
 * @param violations every broken rule, in the order in which they came
 * @param requestId the call's id; empty where the wire told none
 * @param retryAfter when to come back, or null where nothing was told
 */
public record Failure(
        String reason,
        String message,
        @Nullable String param,
        List<Violation> violations,
        String requestId,
        @Nullable Duration retryAfter) {

    public Failure {
        violations = List.copyOf(violations);
    }

    /** The same failure, told with a header {@code Retry-After} of so many seconds. */
    Failure retryAfter(String seconds) {
        return new Failure(
                reason,
                message,
                param,
                violations,
                requestId,
                Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
