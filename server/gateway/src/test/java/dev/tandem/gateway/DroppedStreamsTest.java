package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Ten thousand calls that their clients drop at random points leave nothing behind. */
class DroppedStreamsTest {
    private static final int WARM_UP = 1_000;
    private static final int CALLS = 10_000;
    private static final int MORE_MIB = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void nothingIsLeftOfDroppedCalls() throws IOException, InterruptedException {
        try (MeasuredServer server = MeasuredServer.start(Duration.ofSeconds(10))) {
            RudeClients clients = new RudeClients(server.port());
            clients.dropWhile(() -> clients.dropped() < WARM_UP);
            awaitQuiet(server);
            Footprint before = settled(server);

            clients.dropWhile(() -> clients.dropped() < WARM_UP + CALLS);

            awaitQuiet(server);
            assertThat(clients.defects()).isEmpty();
            Footprint[] after = {server.footprint()};
            await(() -> {
                after[0] = server.footprint();
                return after[0].within(before, MORE_MIB);
            });
            assertThat(after[0].within(before, MORE_MIB))
                    .as("before: %s%nafter: %s", before, after[0])
                    .isTrue();
        }
    }

    /** The footprint once connections that have ended are closed: no socket of a client is left. */
    private static Footprint settled(MeasuredServer server) {
        Footprint[] last = {server.footprint()};
        await(() -> {
            Footprint next = server.footprint();
            boolean steady = last[0].within(next, MORE_MIB);
            last[0] = next;
            return steady;
        });
        return last[0];
    }

    private static void awaitQuiet(MeasuredServer server) {
        await(() -> server.busy() == 0);
        assertThat(server.busy()).as("calls and runs of the engine").isZero();
    }

    private static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < limit) {
            LockSupport.parkNanos(50_000_000);
        }
    }
}
