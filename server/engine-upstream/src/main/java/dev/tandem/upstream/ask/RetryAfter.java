package dev.tandem.upstream.ask;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a server says that trying again makes sense. */
final class RetryAfter {
    /** No server is believed that tells more. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private RetryAfter() {}

    /**
     * The time from now on: by {@code retry-after-ms}, which is exact, else {@code retry-after} in
     * seconds or as a date (RFC 9110, section 10.2.3); empty where neither can be read.
     */
    static Optional<Duration> of(
            Optional<String> millis, Optional<String> seconds, InstantSource clock) {
        return millis.filter(RetryAfter::isNumber)
                .map(text -> Duration.ofMillis(Long.parseLong(text)))
                .or(() -> seconds.flatMap(text -> read(text, clock)))
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private static Optional<Duration> read(String text, InstantSource clock) {
        if (isNumber(text)) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            Duration wait = Duration.between(clock.instant(), date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,9}");
    }
}
