package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.routing.Circuit;
import dev.tandem.routing.Statistics;
import dev.tandem.routing.Upstream;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers of the OpenAI API behind one model, from the file to the caller. */
@Timeout(60)
class RoutedModelsTest {
    @TempDir Path folder;

    /** The first server is asked first; the second answers after it. */
    private RoutedGateway open(OpenAiServer first, OpenAiServer second, String more)
            throws Exception {
        return new RoutedGateway(folder, yaml(first, second, "", more));
    }

    private static String yaml(
            OpenAiServer first, OpenAiServer second, String ofFirst, String more) {
        return """
        engines:
          first: {kind: openai, url: '%s'%s}
          second: {kind: openai, url: '%s', context: 8192}
        models:
          chat:
            routes:
              - {engine: first, model: one, priority: 0}
              - {engine: second, model: two, priority: 1}
        """
                        .formatted(first.url(), ofFirst, second.url())
                + more;
    }

    private static Statistics of(RoutedGateway gateway, int engine) {
        return gateway.fleet.upstreams().get(engine).statistics();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"GRPC_WHOLE", "GRPC_STREAM", "REST", "SSE"},
            mode = EnumSource.Mode.INCLUDE)
    void theFirstEngineAnswersUnderItsOwnName(Way way) throws Exception {
        try (OpenAiServer first = OpenAiServer.saying("a", "b");
                OpenAiServer second = OpenAiServer.saying("never");
                RoutedGateway gateway = open(first, second, "")) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(reply.failure()).isNull();
            assertThat(Fixture.text(reply)).isEqualTo("ab");
            assertThat(first.bodies()).singleElement().asString().contains("\"one\"");
            assertThat(second.bodies()).isEmpty();
            assertThat(of(gateway, 0).completionTokens()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500, 502, 503, 504})
    void afterTheseTheSecondAnswers(int status) throws Exception {
        try (OpenAiServer first = new OpenAiServer(number -> OpenAiServer.refuse(status));
                OpenAiServer second = OpenAiServer.saying("yes");
                RoutedGateway gateway = open(first, second, "    retries: {most: 0}\n")) {
            for (Way way : new Way[] {Way.REST, Way.SSE, Way.GRPC_STREAM}) {
                assertThat(Fixture.text(gateway.call(way))).isEqualTo("yes");
            }
            assertThat(first.bodies()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void theCallersFaultIsTold(int status) throws Exception {
        try (OpenAiServer first = new OpenAiServer(number -> OpenAiServer.refuse(status));
                OpenAiServer second = OpenAiServer.saying("never");
                RoutedGateway gateway = open(first, second, "")) {
            assertThat(gateway.call(Way.REST).status()).isBetween(400, 422);
            assertThat(first.bodies()).hasSize(1);
            assertThat(second.bodies()).isEmpty();
        }
    }

    @Test
    void aServerThatIsAwayIsPassedOver() throws Exception {
        OpenAiServer first = OpenAiServer.saying("gone");
        first.close();
        try (OpenAiServer second = OpenAiServer.saying("yes");
                RoutedGateway gateway = open(first, second, "    retries: {most: 0}\n")) {
            for (int i = 0; i < 6; i++) {
                assertThat(Fixture.text(gateway.call(Way.REST))).isEqualTo("yes");
            }
            assertThat(of(gateway, 0).circuit()).isEqualTo(Circuit.State.OPEN);
            assertThat(of(gateway, 0).requests()).isEqualTo(5);
        }
    }

    @Test
    void aShortRetryAfterIsWaitedFor() throws Exception {
        try (OpenAiServer first =
                        new OpenAiServer(number ->
                                number == 0
                                        ? new OpenAiServer.Deed.Refuse(
                                                429, Map.of("retry-after", "0"))
                                        : OpenAiServer.say("again"));
                OpenAiServer second = OpenAiServer.saying("never");
                RoutedGateway gateway = open(first, second, "")) {
            assertThat(Fixture.text(gateway.call(Way.SSE))).isEqualTo("again");
            assertThat(of(gateway, 0).retried()).isEqualTo(1);
            assertThat(second.bodies()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SSE", "GRPC_STREAM"})
    void nothingIsTriedAgainAfterTheFirstToken(Way way) throws Exception {
        try (OpenAiServer first = new OpenAiServer(number -> new OpenAiServer.Deed.Break("half"));
                OpenAiServer second = OpenAiServer.saying("never");
                RoutedGateway gateway = open(first, second, "")) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(Fixture.text(reply)).isEqualTo("half");
            assertThat(reply.error().reason()).isEqualTo("upstream_error");
            assertThat(first.bodies()).hasSize(1);
            assertThat(second.bodies()).isEmpty();
        }
    }

    @Test
    void anEngineThatDoesNotBeginIsLeft() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (OpenAiServer first = new OpenAiServer(number -> new OpenAiServer.Deed.Silence(never));
                OpenAiServer second = OpenAiServer.saying("yes");
                RoutedGateway gateway = open(first, second, "    timeouts: {first: 3s}\n")) {
            assertThat(Fixture.text(gateway.call(Way.SSE))).isEqualTo("yes");
            assertThat(of(gateway, 0).failures()).containsEntry("upstream_timeout", 1L);
        } finally {
            never.countDown();
        }
    }

    @Test
    void whoeverFindsEveryPlaceTakenIsToldHowManyWait() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (OpenAiServer first =
                new OpenAiServer(number -> new OpenAiServer.Deed.Say(List.of("a", "b"), go))) {
            String yaml =
                    """
                    engines:
                      first: {kind: openai, url: '%s', max_concurrent: 1, max_queue: 0}
                    models:
                      chat: {routes: [{engine: first}]}
                    """
                            .formatted(first.url());
            try (RoutedGateway gateway = new RoutedGateway(folder, yaml);
                    OpenCall<? extends Message> running = gateway.open(Way.SSE)) {
                assertThat(running.next()).isNotNull();
                Reply<? extends Message> refused = gateway.call(Way.REST);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.error().reason()).isEqualTo("overloaded");
                assertThat(refused.error().message()).contains("none may wait");
                assertThat(refused.error().retryAfter()).isNotNull();
                go.countDown();
                assertThat(Fixture.text(running.rest())).isEqualTo("ab");
            }
        }
    }

    @Test
    void weightsShareTheCalls() throws Exception {
        try (OpenAiServer first = OpenAiServer.saying("a");
                OpenAiServer second = OpenAiServer.saying("b")) {
            String yaml =
                    """
                    engines:
                      first: {kind: openai, url: '%s'}
                      second: {kind: openai, url: '%s'}
                    models:
                      chat: {routes: [{engine: first, weight: 4}, {engine: second, weight: 1}]}
                    """
                            .formatted(first.url(), second.url());
            try (RoutedGateway gateway = new RoutedGateway(folder, yaml)) {
                for (int i = 0; i < 100; i++) {
                    assertThat(gateway.call(Way.REST).ok()).isTrue();
                }
                assertThat(second.bodies().size()).isBetween(5, 40);
                assertThat(first.bodies().size() + second.bodies().size()).isEqualTo(100);
            }
        }
    }

    @Test
    void aChangeCutsNoStreamAndKeepsWhatStays() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (OpenAiServer old =
                        new OpenAiServer(
                                number -> new OpenAiServer.Deed.Say(List.of("a", "b"), go));
                OpenAiServer stays = OpenAiServer.saying("stays");
                OpenAiServer fresh = OpenAiServer.saying("new");
                RoutedGateway gateway = open(old, stays, "")) {
            Upstream leaves = gateway.fleet.upstreams().getFirst();
            Upstream kept = gateway.fleet.upstreams().getLast();
            try (OpenCall<? extends Message> running = gateway.open(Way.SSE)) {
                assertThat(running.next()).isNotNull();
                gateway.write(yaml(fresh, stays, "", ""));
                await(() -> !gateway.fleet.upstreams().contains(leaves));

                assertThat(gateway.fleet.upstreams()).contains(kept);
                assertThat(Fixture.text(gateway.call(Way.REST))).isEqualTo("new");
                assertThat(leaves.closed()).isFalse();
                go.countDown();
                Reply<? extends Message> whole = running.rest();
                assertThat(whole.failure()).isNull();
                assertThat(Fixture.text(whole)).isEqualTo("ab");
            }
            await(leaves::closed);
            assertThat(kept.closed()).isFalse();
        }
    }

    @Test
    void aBrokenChangeLeavesAllAsItWas() throws Exception {
        try (OpenAiServer first = OpenAiServer.saying("a");
                OpenAiServer second = OpenAiServer.saying("b");
                RoutedGateway gateway = open(first, second, "")) {
            var before = gateway.fleet.upstreams();
            try (Heard log = new Heard("dev.tandem.gateway.config.live.LiveSettings")) {
                gateway.write(
                        yaml(first, second, "", "").replace("{engine: first", "{engine: frist"));
                await(() -> log.says("did you mean first?"));
                assertThat(log.says("the change is not taken")).isTrue();
                gateway.write(
                        yaml(first, second, "", "")
                                .replace(
                                        "second: {kind: openai",
                                        "gone: {kind: tandem, url: 'https://127.0.0.1:1', ca:"
                                                + " nothing.pem}\n  second: {kind: openai")
                                .replace("{engine: second", "{engine: gone"));
                await(() -> log.says("engines.gone: "));
            }
            assertThat(gateway.fleet.upstreams()).isEqualTo(before);
            assertThat(Fixture.text(gateway.call(Way.REST))).isEqualTo("a");
        }
    }

    @Test
    void doctorSeesWhetherEnginesAnswer() throws Exception {
        OpenAiServer away = OpenAiServer.saying("gone");
        away.close();
        try (OpenAiServer first = OpenAiServer.saying("a");
                RoutedGateway gateway =
                        new RoutedGateway(folder, yaml(first, away, ", api_key: sk-secret", ""))) {
            assertThat(gateway.look("first"))
                    .satisfies(found -> {
                        assertThat(found.verdict()).isEqualTo(Finding.Verdict.OK);
                        assertThat(found.found()).contains("has 0 models");
                    });
            assertThat(first.keys()).containsExactly("Bearer sk-secret");
            assertThat(gateway.look("second"))
                    .satisfies(found -> {
                        assertThat(found.verdict()).isEqualTo(Finding.Verdict.PROBLEM);
                        assertThat(found.advice()).contains("engines.second.url");
                    });
        }
    }

    /** Shortly looked at again and again; the test's own limit ends it. */
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
