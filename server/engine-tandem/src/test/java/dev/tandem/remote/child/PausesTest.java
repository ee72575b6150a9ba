package dev.tandem.remote.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PausesTest {
    private static final Duration SHORT = Duration.ofSeconds(59);

    @Test
    void pausesDoubleUpToTheLongest() {
        Pauses pauses = new Pauses(ChildSettings.Restarts.DEFAULT);

        assertThat(Stream.generate(() -> pauses.after(SHORT)).limit(11).map(Duration::toMillis))
                .containsExactlyElementsOf(
                        LongStream.of(
                                        100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600,
                                        30_000, 30_000)
                                .boxed()
                                .toList());
    }

    @Test
    void aChildThatRanLongBeginsAnew() {
        Pauses pauses = new Pauses(ChildSettings.Restarts.DEFAULT);
        Duration first = pauses.after(SHORT);
        Duration second = pauses.after(SHORT);

        assertThat(second).isGreaterThan(first);
        assertThat(pauses.after(Duration.ofMinutes(1))).isEqualTo(first);
    }
}
