package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Gate;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted is what was called: on every wire, for every way to end. */
class MetricsTest {
    private static final String CALLS = "tandem_call_duration_seconds_count";
    private static final int WAYS = Way.values().length;
    private static final double STREAMS =
            Set.of(Way.values()).stream().filter(Way::streams).count();

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", Scrape.OPEN_METRICS})
    void completeAnswersAreCountedWithTheirTokensAndTimes(String format) throws Exception {
        try (Fixture gateway = new Fixture(Script.saying("a", "b"))) {
            for (Way way : Way.values()) {
                assertThat(gateway.call(way).ok()).isTrue();
            }
            awaitEnd(gateway);

            Scrape scrape = Scrape.of(gateway.server, format);

            assertThat(scrape.sum(CALLS, "model", "tiny", "engine", "scripted", "code", "OK"))
                    .isEqualTo(WAYS);
            assertThat(scrape.sum(CALLS, "service", "tandem.v1.ChatService", "wire", "grpc"))
                    .isEqualTo(2);
            assertThat(scrape.sum(CALLS, "method", "Stream", "wire", "rest")).isEqualTo(4);
            assertThat(scrape.sum(CALLS, "method", "Complete", "wire", "rest")).isEqualTo(2);
            assertThat(tokens(scrape, "input", "count")).isEqualTo(WAYS);
            assertThat(tokens(scrape, "input", "sum")).isEqualTo(3.0 * WAYS);
            assertThat(tokens(scrape, "output", "sum")).isEqualTo(2.0 * WAYS);
            assertThat(scrape.sum("gen_ai_server_time_to_first_token_seconds_count"))
                    .isEqualTo(WAYS);
            assertThat(scrape.sum("gen_ai_server_time_per_output_token_seconds_count"))
                    .isEqualTo(WAYS);
            assertThat(
                            scrape.sum(
                                    "gen_ai_server_request_duration_seconds_count",
                                    "gen_ai_operation_name",
                                    "chat",
                                    "error_type",
                                    ""))
                    .isEqualTo(WAYS);
            assertThat(scrape.sum("tandem_stream_first_message_seconds_count")).isEqualTo(STREAMS);
            assertThat(scrape.sum("tandem_streams_active")).isZero();
            assertThat(scrape.sum("tandem_call_errors_total")).isZero();
            assertThat(scrape.sum("tandem_ready")).isEqualTo(1);
            assertThat(scrape.sum("jvm_memory_used_bytes", "area", "heap")).isPositive();
            assertThat(scrape.sum("tandem_connections", "protocol", "http2")).isPositive();
        }
    }

    private static double tokens(Scrape scrape, String type, String part) {
        return scrape.sum("gen_ai_client_token_usage_" + part, "gen_ai_token_type", type);
    }

    @Test
    void clientsThatLeaveAreCountedByCauseAndStreamsAsActiveUntilThen() throws Exception {
        try (Fixture gateway = new Fixture(Script.saying("a").pause(new Gate()))) {
            int runs = 0;
            for (Way way : Way.values()) {
                try (OpenCall<? extends Message> call = gateway.open(way)) {
                    gateway.engine.awaitRun(runs).awaitSent(2);
                    if (way == Way.GRPC_STREAM) {
                        Scrape during = Scrape.of(gateway.server, Scrape.OPEN_METRICS);
                        assertThat(during.sum("tandem_streams_active", "wire", "grpc"))
                                .isEqualTo(1);
                        assertThat(during.sum("tandem_calls_active", "wire", "grpc")).isEqualTo(1);
                    }
                    call.leave();
                }
                var _ = gateway.engine.awaitRun(runs++).awaitEnd();
            }
            awaitEnd(gateway);

            Scrape scrape = Scrape.of(gateway.server, Scrape.OPEN_METRICS);

            assertThat(scrape.sum("tandem_calls_cancelled_total", "cause", "client_left"))
                    .isEqualTo(WAYS);
            assertThat(scrape.sum(CALLS, "code", "CANCELLED", "model", "tiny")).isEqualTo(WAYS);
            assertThat(scrape.sum("tandem_streams_active")).isZero();
            assertThat(scrape.sum("tandem_calls_active", "wire", "grpc")).isZero();
            assertThat(scrape.sum("gen_ai_server_time_to_first_token_seconds_count")).isZero();
        }
    }

    @Test
    void failuresAreCountedByReason() throws Exception {
        try (Fixture gateway = new Fixture(Script.saying("a").cutOff())) {
            for (Way way : Way.values()) {
                assertThat(gateway.call(way).error().reason()).isEqualTo("upstream_error");
            }
            awaitEnd(gateway);

            Scrape scrape = Scrape.of(gateway.server, Scrape.OPEN_METRICS);

            assertThat(scrape.sum("tandem_call_errors_total", "reason", "upstream_error"))
                    .isEqualTo(WAYS);
            assertThat(
                            scrape.sum(
                                    "tandem_upstream_failures_total",
                                    "model",
                                    "tiny",
                                    "engine",
                                    "scripted",
                                    "reason",
                                    "upstream_error"))
                    .isEqualTo(WAYS);
            assertThat(scrape.sum(CALLS, "code", "UPSTREAM_FAILED")).isEqualTo(WAYS);
            assertThat(
                            scrape.sum(
                                    "gen_ai_server_request_duration_seconds_count",
                                    "error_type",
                                    "upstream_error"))
                    .isEqualTo(WAYS);
        }
    }

    @Test
    void limitsAreCountedAsCausesAndReasons() throws Exception {
        StreamLimits limits = StreamLimits.NONE.firstMessage(Duration.ofMillis(200));
        try (Fixture gateway = new Fixture(Script.empty().pause(new Gate()), limits)) {
            for (Way way : Way.values()) {
                assertThat(gateway.call(way).error().reason()).isEqualTo("first_message_timeout");
            }
            awaitEnd(gateway);

            Scrape scrape = Scrape.of(gateway.server, Scrape.OPEN_METRICS);

            assertThat(scrape.sum("tandem_calls_cancelled_total", "cause", "first_message"))
                    .isEqualTo(WAYS);
            assertThat(scrape.sum("tandem_call_errors_total", "reason", "first_message_timeout"))
                    .isEqualTo(WAYS);
        }
    }

    @Test
    void whoWaitsForAPlaceIsSeen() throws Exception {
        Gate gate = new Gate();
        GatewaySettings settings =
                Fixture.settings(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                StreamLimits.defaults())
                        .with(new GatewayTraffic(QuotaSettings.NONE, Capacity.of(1, 1)));
        Script script = Script.empty().pause(gate).say("a");
        try (Fixture gateway = new Fixture(script, settings);
                OpenCall<? extends Message> running = gateway.open(Way.SSE)) {
            gateway.engine.awaitRun();
            try (OpenCall<? extends Message> waiting = gateway.open(Way.GRPC_STREAM)) {
                awaitQueue(gateway, 1);
                gate.open();
                assertThat(running.rest().ok()).isTrue();
                assertThat(waiting.rest().ok()).isTrue();
            }
            awaitEnd(gateway);
            awaitQueue(gateway, 0);
            Scrape scrape = Scrape.of(gateway.server, Scrape.OPEN_METRICS);
            assertThat(scrape.sum("tandem_queue_wait_seconds_count", "queue", "server"))
                    .isEqualTo(1);
        }
    }

    private static void awaitQueue(Fixture gateway, int length) throws Exception {
        double found = -1;
        for (int i = 0; i < 100 && found != length; i++) {
            found =
                    Scrape.of(gateway.server, Scrape.OPEN_METRICS)
                            .sum("tandem_queue_length", "queue", "server");
        }
        assertThat(found).isEqualTo(length);
    }

    @Test
    void whatCallersMakeUpIsNoLabel() throws Exception {
        try (Fixture gateway = new Fixture(Script.saying("a"))) {
            for (int i = 0; i < 20; i++) {
                for (Way way : Way.values()) {
                    String name = "made-up-" + i;
                    assertThat(
                                    gateway.call(
                                                    way,
                                                    Fixture.request().setModel(name).build(),
                                                    Caller.PLAIN.header("x-request-id", name))
                                            .error()
                                            .reason())
                            .isEqualTo("model_not_found");
                }
                gateway.server
                        .client()
                        .http(Wire.Version.HTTP_1_1, HttpRequest.get("/made-up-" + i));
                gateway.server
                        .client()
                        .http(
                                Wire.Version.HTTP_1_1,
                                HttpRequest.post("/made.up.Service/MadeUp" + i, "{}"));
            }
            awaitEnd(gateway);

            Scrape scrape = Scrape.of(gateway.server, Scrape.OPEN_METRICS);

            assertThat(scrape.sum(CALLS, "model", "_other", "code", "NOT_FOUND"))
                    .isEqualTo(20.0 * WAYS);
            assertThat(scrape.sum(CALLS, "method", "", "code", "NOT_FOUND")).isEqualTo(40);
            for (String label : Set.of("model", "method", "service", "reason")) {
                assertThat(scrape.values(label)).noneMatch(value -> value.contains("ade"));
            }
        }
    }

    @Test
    void thePageIsBehindTheDoorsOfAllPages() {
        try (Fixture gateway = new Fixture(Script.saying("a"))) {
            HttpRequest foreign =
                    HttpRequest.get("/metrics").header("origin", "http://evil.example");
            assertThat(gateway.server.client().http(Wire.Version.HTTP_1_1, foreign).status())
                    .isEqualTo(403);
        }
    }

    /** docs/observability.md lists what is served, and nothing else. */
    @Test
    void everyMetricIsDocumented() throws Exception {
        Set<String> served;
        try (Fixture gateway = new Fixture(Script.saying("a", "b"))) {
            var _ = gateway.call(Way.SSE);
            var _ = gateway.call(Way.REST, Fixture.request().setModel("x").build(), Caller.PLAIN);
            awaitEnd(gateway);
            served =
                    Scrape.of(gateway.server, "text/plain").samples().stream()
                            .map(Scrape.Sample::family)
                            .collect(Collectors.toCollection(TreeSet::new));
        }
        Pattern row =
                Pattern.compile(
                        "^\\| `([a-z0-9_]+)` \\| (?:counter|gauge|histogram|summary|info) \\|");
        Set<String> told =
                Files.readAllLines(Path.of("../../docs/observability.md")).stream()
                        .map(row::matcher)
                        .filter(Matcher::find)
                        .map(match -> match.group(1).replaceFirst("_total$", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> onDemand =
                Set.of(
                        "jvm_memory_pool_allocated_bytes",
                        "tandem_calls_cancelled",
                        "tandem_upstream_failures",
                        "tandem_engine_running",
                        "tandem_engine_waiting",
                        "tandem_engine_requests",
                        "tandem_engine_failures",
                        "tandem_engine_retried",
                        "tandem_engine_circuit_open",
                        "tandem_engine_circuit_opened",
                        "tandem_caller_calls",
                        "tandem_caller_tokens",
                        "tandem_queue_length",
                        "tandem_queue_wait_seconds",
                        "tandem_spans_exported");
        served.addAll(onDemand); // those that had nothing to count here
        assertThat(told).isEqualTo(served);
    }

    private static void awaitEnd(Fixture gateway) throws InterruptedException {
        assertThat(gateway.server.server().calls().awaitIdle(Duration.ofSeconds(20))).isTrue();
    }
}
