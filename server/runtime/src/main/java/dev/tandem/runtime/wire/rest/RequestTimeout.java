package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header {@code x-request-timeout}: how long the caller waits for the whole answer, in seconds,
 * with up to nine decimals: {@code 30}, {@code 0.5}.
 */
final class RequestTimeout {
    static final String HEADER = "x-request-timeout";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private RequestTimeout() {}

    /**
     * Reads the header's value.
     *
     * @throws ApiException where it is no number of seconds
     */
    static Optional<Duration> parse(Optional<String> value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String text = value.get().strip();
        if (!SECONDS.matcher(text).matches()) {
            throw ApiError.of(
                            Reasons.INVALID_TIMEOUT,
                            "The header " + HEADER + " must be seconds, like 30 or 0.5.")
                    .toException();
        }
        return Optional.of(Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValue()));
    }
}
