package dev.tandem.upstream.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "7 | PT7S",
                "999999999 | PT24H",
                "Sun, 22 Nov 2026 05:01:00 GMT | PT1M",
                "Sun, 22 Nov 2026 04:00:00 GMT | PT0S"
            })
    void secondsAndDatesAreRead(String header, Duration wait) {
        assertThat(RetryAfter.of(Optional.empty(), Optional.of(header), CLOCK)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999", "22 Nov"})
    void whatIsNeitherTellsNothing(String header) {
        assertThat(RetryAfter.of(Optional.empty(), Optional.of(header), CLOCK)).isEmpty();
    }

    @Test
    void millisecondsAreMoreExact() {
        assertThat(RetryAfter.of(Optional.of("250"), Optional.of("1"), CLOCK))
                .contains(Duration.ofMillis(250));
    }
}
