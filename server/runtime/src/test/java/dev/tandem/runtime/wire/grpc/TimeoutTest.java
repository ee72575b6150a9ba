package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutTest {
    @Test
    void knowsEveryUnit() {
        assertThat(Timeout.parse("1n")).isEqualTo(Duration.ofNanos(1));
        assertThat(Timeout.parse("2u")).isEqualTo(Duration.ofNanos(2_000));
        assertThat(Timeout.parse("3m")).isEqualTo(Duration.ofMillis(3));
        assertThat(Timeout.parse("4S")).isEqualTo(Duration.ofSeconds(4));
        assertThat(Timeout.parse("5M")).isEqualTo(Duration.ofMinutes(5));
        assertThat(Timeout.parse("6H")).isEqualTo(Duration.ofHours(6));
        assertThat(Timeout.parse("0n")).isEqualTo(Duration.ZERO);
    }

    @Test
    void countsNoFurtherThanAClockCan() {
        assertThat(Timeout.parse("99999999H")).isEqualTo(Duration.ofDays(36_500));
        assertThat(Duration.ofDays(36_500).toNanos()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "1", "1s", "-1S", "+1S", "1.5S", "123456789S", " 1S", "1S "})
    void refusesWhatIsNoTimeout(String value) {
        assertThat(Timeout.parse(value)).isNull();
    }
}
