package dev.tandem.bench.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tandem.bench.hop.Gateways.Gateway;
import dev.tandem.testtools.Programs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every gateway answers under every load, and every answer is checked; what that costs is measured
 * by hand. The others' programs are installed with pip.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // the first time they are fetched
class ComparisonTest {
    private static final double SECONDS = 0.5;
    private static final List<Scenario> SCENARIOS =
            List.of(
                    Scenario.UNARY.atOnce(4),
                    Scenario.STREAMS.atOnce(4),
                    Scenario.SLOW_STREAMS.atOnce(4));
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC");

    @Test
    void thisGatewayAnswersUnderEveryLoad() throws IOException {
        answer(List.of(Hop.DIRECT, Hop.TANDEM, Hop.TANDEM_GRPC));
    }

    @Test
    void theOthersDoToo() throws IOException {
        Programs.needs("python3");

        answer(List.of(Hop.ENVOY, Hop.FASTAPI));
    }

    private static void answer(List<Hop> hops) throws IOException {
        try (Gateways gateways = Gateways.start(hops, OPTIONS)) {
            for (Gateway gateway : gateways.all()) {
                for (Scenario scenario : SCENARIOS) {
                    // checks each answer, and waits until the last has come, however slow
                    assertThatCode(() -> scenario.measure(gateway, SECONDS))
                            .as(gateway.hop() + ": " + scenario)
                            .doesNotThrowAnyException();
                }
                Turn steady = SteadyCalls.measure(gateway, SECONDS);
                assertThat(steady.p99()).isPositive();
                assertThat(gateway.process().resident()).isPositive();
            }
        }
    }
}
