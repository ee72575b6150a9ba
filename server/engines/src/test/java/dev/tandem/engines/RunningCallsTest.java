package dev.tandem.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Head;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunningCallsTest {
    private final List<String> ended = new ArrayList<>();
    private final RunningCalls running =
            new RunningCalls(
                    () -> ApiError.of(EngineReasons.UPSTREAM_UNAVAILABLE, "closed").toException());
    private final Calls calls = new Calls(() -> "id");
    private final Call call =
            calls.open(
                    new Head(
                            Head.Wire.GRPC,
                            "POST",
                            "/",
                            null,
                            Map.of(),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                    null);

    @Test
    void closeEndsWhatRuns() {
        try (var _ = running.begin(() -> ended.add("first"));
                var _ = running.begin(() -> ended.add("second"))) {
            running.close();
        }
        assertThat(ended).containsExactlyInAnyOrder("first", "second");
        assertThat(running.closed()).isTrue();
    }

    @Test
    void closeLeavesAloneWhatHasItsAnswer() {
        running.begin(() -> ended.add("answered")).close();
        running.close();
        assertThat(ended).isEmpty();
    }

    @Test
    void nothingBeginsOnceClosed() {
        running.close();
        assertThatThrownBy(() -> running.begin(() -> ended.add("late")))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aBrokenAnswerIsTheCallersToHear() {
        assertThatCode(() -> running.checkBroken(call)).doesNotThrowAnyException();
    }

    @Test
    void aBrokenAnswerOfAClosedEngineIsItsClosing() {
        running.close();
        assertThatThrownBy(() -> running.checkBroken(call)).hasMessageContaining("closed");
    }

    @Test
    void aBrokenAnswerOfAnEndedCallIsTheCallsEnd() {
        running.close();
        call.cancel(CancelCause.DEADLINE);
        assertThatThrownBy(() -> running.checkBroken(call)).isInstanceOf(CancelledException.class);
    }

    @Test
    void anInterruptedThreadHearsThatAlone() {
        running.close();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> running.checkBroken(call))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
