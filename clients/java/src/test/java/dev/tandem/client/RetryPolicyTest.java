package dev.tandem.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.client.TandemException.Details;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
    private static final RetryPolicy POLICY = RetryPolicy.standard().withAttempts(100);

    @Test
    void theStandardIsThatOfAllClients() {
        assertThat(RetryPolicy.standard())
                .isEqualTo(
                        new RetryPolicy(
                                4,
                                Duration.ofMillis(200),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                10,
                                0.1));
    }

    @Test
    void waitsDoubleUpToTheLongestAndAreARandomPartOfThat() {
        TandemException failure = failure(Status.Code.UNAVAILABLE, null);

        assertThat(POLICY.pause(failure, 1, () -> 0)).contains(Duration.ZERO);
        assertThat(POLICY.pause(failure, 1, () -> 0.5)).contains(Duration.ofMillis(100));
        assertThat(POLICY.pause(failure, 2, () -> 0.5)).contains(Duration.ofMillis(200));
        assertThat(POLICY.pause(failure, 3, () -> 0.5)).contains(Duration.ofMillis(400));
        assertThat(POLICY.pause(failure, 6, () -> 0.5)).contains(Duration.ofMillis(2500));
        assertThat(POLICY.pause(failure, 99, () -> 0.5)).contains(Duration.ofMillis(2500));
    }

    @Test
    void theyBeginWhenTheServersTimeIsUp() {
        TandemException failure = failure(Status.Code.RESOURCE_EXHAUSTED, Duration.ofSeconds(30));

        assertThat(POLICY.pause(failure, 1, () -> 0)).contains(Duration.ofSeconds(30));
        assertThat(POLICY.pause(failure, 1, () -> 0.5)).contains(Duration.ofMillis(30_100));
    }

    @Test
    void patienceHasAnEnd() {
        TandemException failure = failure(Status.Code.UNAVAILABLE, Duration.ofMillis(30_001));

        assertThat(POLICY.pause(failure, 1, () -> 0)).isEmpty();
        assertThat(POLICY.withPatience(Duration.ofMinutes(1)).pause(failure, 1, () -> 0))
                .isPresent();
    }

    @Test
    void otherFailuresAreNotRepeated() {
        Duration soon = Duration.ofMillis(1);
        assertThat(POLICY.pause(failure(Status.Code.INTERNAL, soon), 1, () -> 0)).isEmpty();
        assertThat(POLICY.pause(failure(Status.Code.DEADLINE_EXCEEDED, soon), 1, () -> 0))
                .isEmpty();
        assertThat(POLICY.pause(failure(Status.Code.RESOURCE_EXHAUSTED, null), 1, () -> 0))
                .isEmpty();
    }

    @Test
    void answersRefillTheBudget() {
        RetryBudget budget = new RetryBudget(RetryPolicy.standard().withBudget(4, 1));
        assertThat(budget.takeForFailure()).isTrue();
        assertThat(budget.takeForFailure()).isFalse();
        assertThat(budget.takeForFailure()).isFalse();
        for (int i = 0; i < 10; i++) {
            budget.giveBack();
        }
        assertThat(budget.takeForFailure()).isTrue();
        assertThat(budget.takeForFailure()).isFalse();
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withAttempts(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> POLICY.withWaits(Duration.ofMillis(-1), Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withBudget(-1, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withBudget(1, Double.NaN));
    }

    private static TandemException failure(Status.Code code, @Nullable Duration retryAfter) {
        return new TandemException(
                code, "because", new Details("", "", List.of(), "", retryAfter), null);
    }
}
