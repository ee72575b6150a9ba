package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.wire.port.LogCapture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A handler that goes on though its call was cancelled. */
class DeafHandlerTest {
    private static final Duration DEAF = Duration.ofMillis(100);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private static Call open(Calls calls) {
        return calls.open(
                new Head(
                        Head.Wire.GRPC,
                        "POST",
                        "/a.b.Sleep/On",
                        "a.b.Sleep/On",
                        Map.of("x-request-id", List.of("mine")),
                        new InetSocketAddress(0)),
                null);
    }

    @Test
    void isNamedInTheLogOnceAndItsPlaceIsGivenBackWhenItEnds() {
        try (LogCapture log = LogCapture.start();
                Calls calls = new Calls(() -> "id", DEAF)) {
            Call call = open(calls);
            call.cancel(CancelCause.DEADLINE);
            call.cancel(CancelCause.SHUTDOWN);

            long limit = System.nanoTime() + PATIENCE;
            while (log.text().isEmpty() && System.nanoTime() < limit) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(log.text()).contains("the handler of a.b.Sleep/On still runs", "mine");
            assertThat(calls.inFlight()).isEqualTo(1);

            calls.close(call);

            assertThat(calls.inFlight()).isZero();
            assertThat(log.text().split("still runs", -1)).as(log.text()).hasSize(2);
        }
    }

    @Test
    void isNotNamedWhereItEndsInTime() {
        try (LogCapture log = LogCapture.start();
                Calls calls = new Calls(() -> "id", DEAF)) {
            Call deaf = open(calls);
            Call heeding = open(calls);
            heeding.cancel(CancelCause.DEADLINE);
            calls.close(heeding);
            deaf.cancel(CancelCause.DEADLINE);

            long limit = System.nanoTime() + PATIENCE;
            while (log.text().isEmpty() && System.nanoTime() < limit) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(log.text().split("still runs", -1)).as(log.text()).hasSize(2);
            calls.close(deaf);
        }
    }
}
