package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of the engines of the configuration. */
@Timeout(300)
class UpstreamMetricsTest {
    @TempDir Path folder;

    private static String yaml(String name, OpenAiServer first, OpenAiServer second) {
        return """
        engines:
          %s: {kind: openai, url: '%s', circuit: {failures: 2}}
          second: {kind: openai, url: '%s'}
        models:
          chat:
            routes:
              - {engine: %s, model: one, priority: 0}
              - {engine: second, model: two, priority: 1}
            retries: {most: 0}
        """
                .formatted(name, first.url(), second.url(), name);
    }

    @Test
    void enginesAreCountedByTheirNamesAndFollowedWhenTheyChange() throws Exception {
        try (OpenAiServer first = new OpenAiServer(number -> OpenAiServer.refuse(500));
                OpenAiServer second = OpenAiServer.saying("a");
                RoutedGateway gateway = new RoutedGateway(folder, yaml("first", first, second))) {
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.call(Way.GRPC_STREAM).ok()).isTrue();
            }

            Scrape scrape = Scrape.of(gateway.server, Scrape.OPEN_METRICS);

            assertThat(scrape.sum("tandem_engine_requests_total", "engine", "first")).isEqualTo(2);
            assertThat(
                            scrape.sum(
                                    "tandem_engine_failures_total",
                                    "engine",
                                    "first",
                                    "reason",
                                    "upstream_error"))
                    .isEqualTo(2);
            assertThat(scrape.sum("tandem_engine_circuit_open", "engine", "first")).isEqualTo(1);
            assertThat(scrape.sum("tandem_engine_circuit_opened_total", "engine", "first"))
                    .isEqualTo(1);
            assertThat(scrape.sum("tandem_engine_requests_total", "engine", "second")).isEqualTo(3);
            assertThat(scrape.sum("tandem_engine_failures_total", "engine", "second")).isZero();
            assertThat(scrape.sum("tandem_engine_retried_total")).isZero();
            assertThat(scrape.sum("tandem_engine_running")).isZero();
            assertThat(scrape.sum("tandem_engine_waiting")).isZero();

            gateway.write(yaml("third", first, second));
            while (gateway.fleet.upstreams().stream().noneMatch(e -> e.name().equals("third"))) {
                LockSupport.parkNanos(20_000_000);
            }

            scrape = Scrape.of(gateway.server, Scrape.OPEN_METRICS);
            assertThat(scrape.values("engine")).contains("third", "second").doesNotContain("first");
            assertThat(scrape.sum("tandem_engine_requests_total", "engine", "second")).isEqualTo(3);
            assertThat(scrape.sum("tandem_engine_requests_total", "engine", "third")).isZero();
        }
    }
}
