package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.policy.StreamLimits;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Ten thousand calls that their clients drop at random points leave nothing behind. */
class DroppedStreamsTest {
    private static final int WARM_UP = 1_000;
    private static final int CALLS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void nothingIsLeftOfDroppedCalls() throws InterruptedException {
        GatewaySettings settings =
                Fixture.settings(
                        Duration.ofSeconds(1), Duration.ofSeconds(10), StreamLimits.defaults());
        try (Fixture gateway = new Fixture(RudeClients.engine(), settings)) {
            RudeClients clients = new RudeClients(gateway.server.server().port());
            clients.dropWhile(() -> clients.dropped() < WARM_UP);
            awaitQuiet(gateway);
            Footprint before = Footprint.now();

            clients.dropWhile(() -> clients.dropped() < WARM_UP + CALLS);

            awaitQuiet(gateway);
            assertThat(clients.defects()).isEmpty();
            Footprint[] after = {Footprint.now()};
            await(() -> {
                after[0] = Footprint.now();
                return after[0].within(before, 4, 4, 16);
            });
            assertThat(after[0].within(before, 4, 4, 16))
                    .as("%s\nbefore: %s", after[0], before)
                    .isTrue();
        }
    }

    private static void awaitQuiet(Fixture gateway) {
        await(() ->
                gateway.server.server().calls().inFlight() == 0 && gateway.engine.running() == 0);
        assertThat(gateway.server.server().calls().inFlight()).isZero();
        assertThat(gateway.engine.running()).isZero();
        gateway.engine.forget();
        gateway.spent.clear();
    }

    private static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < limit) {
            LockSupport.parkNanos(50_000_000);
        }
    }
}
