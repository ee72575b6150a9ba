package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Reasons;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code x-request-timeout}: how long the caller waits for the whole answer, in seconds,
 * with up to nine decimals: {@code 30}, {@code 0.5}.
 */
final class RequestTimeout {
    static final String HEADER = "x-request-timeout";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private RequestTimeout() {}

    /**
     * What a request says; null where it says nothing.
     *
     * @throws ApiException where it is no number of seconds, or there are several
     */
    static @Nullable Duration of(Head head) {
        List<String> values = head.headers().getOrDefault(HEADER, List.of());
        if (values.isEmpty()) {
            return null;
        }
        String text = String.join(",", values).strip();
        if (!SECONDS.matcher(text).matches()) {
            throw ApiError.of(
                            Reasons.INVALID_TIMEOUT,
                            "The header " + HEADER + " must be seconds, once, like 30 or 0.5.")
                    .toException();
        }
        return Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValue());
    }
}
