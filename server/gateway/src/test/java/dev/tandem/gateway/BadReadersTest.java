package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that do not read, and clients that leave before their request is complete. */
class BadReadersTest {
    private static final int READERS = 40;
    private static final int TRIES = 4; // the machine may be busy: one of so many is in time
    private static final Duration RULE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static Stream<Way> streams() {
        return Arrays.stream(Way.values()).filter(Way::streams);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aReaderWhoStopsCostsAMebibyteAtMost(Way way) throws IOException {
        try (Fixture gateway = new Fixture(Script.empty().flood("x".repeat(1000)))) {
            List<RawCall> readers = new ArrayList<>();
            readers.add(stopped(gateway, way));
            gateway.engine.awaitRun().awaitBlocked();
            long before = Footprint.now().heapMib();

            for (int i = 1; i < READERS; i++) {
                readers.add(stopped(gateway, way));
            }
            for (int i = 1; i < READERS; i++) {
                gateway.engine.awaitRun(i).awaitBlocked();
            }

            assertThat(Footprint.now().heapMib() - before).isLessThanOrEqualTo(READERS);
            for (RawCall reader : readers) {
                reader.close();
            }
            for (int i = 0; i < READERS; i++) {
                assertThat(gateway.engine.awaitRun(i).awaitEnd()).isEqualTo(Run.End.CANCELLED);
            }
        }
    }

    /** Opens every window and reads nothing. */
    private static RawCall stopped(Fixture gateway, Way way) throws IOException {
        RawCall call = new RawCall(gateway.server.server().port(), way.wire(), 16 << 10, 20_000);
        call.openWindows();
        call.send(call.request(1, true, "hi"));
        return call;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aClientThatLeavesWithinItsRequestIsForgotten(Way way) throws IOException {
        try (Fixture gateway = new Fixture(Script.saying("a"))) {
            Duration took = RULE.plusMillis(1);
            for (int i = 0; i < TRIES && took.compareTo(RULE) > 0; i++) {
                try (RawCall call =
                        new RawCall(gateway.server.server().port(), way.wire(), 0, 20_000)) {
                    byte[] request = call.request(1, way.streams(), "hi");
                    call.send(Arrays.copyOf(request, request.length - 5));
                    awaitInFlight(gateway, 1);
                }
                long left = System.nanoTime();
                awaitInFlight(gateway, 0);
                took = Duration.ofNanos(System.nanoTime() - left);
            }
            assertThat(took).isLessThanOrEqualTo(RULE);
            assertThat(gateway.engine.runs()).isEmpty();
        }
    }

    private static void awaitInFlight(Fixture gateway, int calls) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (gateway.server.server().calls().inFlight() != calls) {
            assertThat(System.nanoTime()).as("%d calls in flight", calls).isLessThan(limit);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
