package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.quota.LimitSet;
import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Gate;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire.Version;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingServiceGrpc;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits by caller, model and in all, on every wire; and a server that has enough to do. */
class QuotaTest {
    private static final int RESERVE = 50;
    private static final String REMAINING = "x-ratelimit-remaining-tokens";

    private static LimitSet requests(long aMinute) {
        return new LimitSet(aMinute, 0, 0, 0);
    }

    private static LimitSet tokens(long aMinute) {
        return new LimitSet(0, aMinute, 0, 0);
    }

    private static Fixture gateway(Script script, LimitSet caller, LimitSet model, LimitSet all) {
        return gateway(
                script,
                new QuotaSettings(caller, Map.of(), model, Map.of(), all, RESERVE),
                GatewayTraffic.usual().capacity());
    }

    private static Fixture gateway(Script script, QuotaSettings quotas, Capacity capacity) {
        GatewaySettings settings =
                Fixture.settings(
                        Duration.ofSeconds(10), Duration.ofSeconds(10), StreamLimits.defaults());
        return new Fixture(script, settings.with(new GatewayTraffic(quotas, capacity)));
    }

    private static Fixture perCaller(Script script, LimitSet limits) {
        return gateway(script, limits, LimitSet.NONE, LimitSet.NONE);
    }

    private static long remaining(Reply<?> reply) {
        return Long.parseLong(reply.header(REMAINING).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theLimitIsAllowedAndNoMore(Way way) {
        try (Fixture gateway = perCaller(Script.saying("a"), requests(2))) {
            assertThat(gateway.call(way).ok()).isTrue();
            Reply<? extends Message> second = gateway.call(way);
            assertThat(second.ok()).isTrue();
            assertThat(second.header("x-ratelimit-limit-requests")).contains("2");
            assertThat(second.header("x-ratelimit-remaining-requests")).contains("0");
            assertThat(second.header("x-ratelimit-reset-requests").orElseThrow())
                    .matches("1m[0-9.]+s|59[.0-9]*s|60[.0-9]*s");
            Reply<? extends Message> third = gateway.call(way);
            assertThat(third.status()).isEqualTo(way.wire().status(Code.RATE_LIMITED));
            assertThat(third.error().reason()).isEqualTo("rate_limit_exceeded");
            assertThat(third.error().message()).contains("2 requests a minute (caller)");
            assertThat(third.error().retryAfter())
                    .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(61));
            assertThat(third.error().violations())
                    .singleElement()
                    .satisfies(limit -> assertThat(limit.rule()).isEqualTo("requests_per_minute"))
                    .satisfies(limit -> assertThat(limit.field()).isEqualTo("caller"));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsReservedIsSettledWithTheRealUsage(Way way) {
        Script script = Script.saying("a", "b").promptTokens(7);
        try (Fixture gateway = perCaller(script, tokens(1_000))) {
            long before = remaining(gateway.call(way));
            long after = remaining(gateway.call(way));
            assertThat(before - after).isEqualTo(7 + 2);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCallThatIsLargerThanItsLimitCanNeverPass(Way way) {
        try (Fixture gateway = perCaller(Script.saying("a"), tokens(RESERVE))) {
            Reply<? extends Message> reply = gateway.call(way);
            assertThat(reply.status()).isEqualTo(way.wire().status(Code.RATE_LIMITED));
            assertThat(reply.error().message()).contains("can never pass");
            assertThat(reply.error().retryAfter()).isNull();
            assertThat(reply.header("x-should-retry")).contains("false");
        }
    }

    @Test
    void theLimitThatRefusesIsNamed() {
        try (Fixture gateway = gateway(Script.saying("a"), requests(5), requests(4), requests(1))) {
            gateway.call(Way.REST);
            assertThat(gateway.call(Way.REST).error().violations())
                    .singleElement()
                    .satisfies(limit -> assertThat(limit.field()).isEqualTo("server"));
        }
        try (Fixture gateway = gateway(Script.saying("a"), requests(5), requests(1), requests(4))) {
            gateway.call(Way.REST);
            assertThat(gateway.call(Way.REST).error().violations())
                    .singleElement()
                    .satisfies(limit -> assertThat(limit.field()).isEqualTo("model tiny"));
        }
    }

    @Test
    void whatIsNotValidOrForNoModelCostsNothing() {
        try (Fixture gateway = perCaller(Script.saying("a"), requests(1))) {
            gateway.call(Way.REST, Fixture.request().setTemperature(9).build(), Caller.PLAIN);
            gateway.call(Way.REST, Fixture.request().setModel("none").build(), Caller.PLAIN);
            assertThat(gateway.call(Way.REST).ok()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"GRPC_STREAM", "SSE", "SSE_H2", "REST", "GRPC_WHOLE"})
    void aClientThatLeavesPaysForWhatWasDone(Way way) throws Exception {
        Script script = Script.saying("a", "b").pause(new Gate()).promptTokens(7);
        try (Fixture gateway = perCaller(script, new LimitSet(0, 200, 0, 1))) {
            OpenCall<? extends Message> call = gateway.open(way);
            gateway.engine.awaitRun().awaitSent(2);
            assertThat(gateway.call(Way.GRPC_WHOLE).error().violations())
                    .extracting(limit -> limit.rule())
                    .containsExactly("requests_at_once");
            call.leave();
            assertThat(gateway.spent.poll(20, TimeUnit.SECONDS)).isNotNull();
            awaitFree(gateway, 200 - RESERVE);
        }
    }

    /** Waits until a call is let in, and looks at what it finds. */
    private static void awaitFree(Fixture gateway, long least) {
        for (int i = 0; i < 1_000; i++) {
            Reply<?> reply =
                    gateway.call(
                            Way.REST,
                            Fixture.request().build(),
                            Caller.PLAIN.within(Duration.ofMillis(300)));
            if (!reply.error().reason().equals("rate_limit_exceeded")) {
                assertThat(remaining(reply)).isBetween(least - 60, least - 1);
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        throw new AssertionError("the place was never free again");
    }

    @Test
    void anErrorOfTheEngineAndABugAreSettled() {
        Script script = Script.empty().fail(new IllegalStateException("bug"));
        try (Fixture gateway = perCaller(script, new LimitSet(0, 100, 0, 1))) {
            long left = remaining(gateway.call(Way.REST));
            for (int i = 0; i < 5; i++) {
                Reply<?> reply = gateway.call(Way.REST);
                assertThat(reply.error().reason()).isEqualTo("internal_error");
                assertThat(remaining(reply)).isEqualTo(left);
            }
        }
    }

    @Test
    void embeddingsCountTheirInputs() {
        try (Fixture gateway = perCaller(Script.saying("a"), tokens(100))) {
            EmbeddingRequest request =
                    EmbeddingRequest.newBuilder()
                            .setModel("tiny")
                            .addInput(EmbeddingInput.newBuilder().setText("0123456789"))
                            .build();
            Reply<?> reply =
                    gateway.server
                            .client()
                            .call(
                                    Way.REST.wire(),
                                    EmbeddingServiceGrpc.getEmbedMethod(),
                                    request,
                                    Caller.PLAIN);
            assertThat(reply.ok()).isTrue();
            assertThat(remaining(reply)).isBetween(85L, 99L);
        }
    }

    @Test
    void limitsChangeWhileTheServerRuns() {
        try (Fixture gateway = perCaller(Script.saying("a"), requests(1))) {
            assertThat(gateway.call(Way.REST).ok()).isTrue();
            assertThat(gateway.call(Way.REST).ok()).isFalse();
            gateway.gateway.take(
                    new QuotaSettings(
                            requests(2),
                            Map.of(),
                            LimitSet.NONE,
                            Map.of(),
                            LimitSet.NONE,
                            RESERVE));
            assertThat(gateway.call(Way.REST).ok()).isTrue();
            assertThat(gateway.call(Way.REST).ok()).as("what was taken stays counted").isFalse();
        }
    }

    @Test
    void eachKeyIsCountedForItselfByTheLimitsThatItNames() {
        Secret plain = ApiKey.create(new SecureRandom());
        Secret gold = ApiKey.create(new SecureRandom());
        AuthSettings keys =
                new AuthSettings(
                        false,
                        List.of(
                                key("plain", plain, Map.of()),
                                key("gold", gold, Map.of("limits", List.of("gold")))),
                        Optional.empty(),
                        Optional.empty(),
                        CorsSettings.NONE);
        QuotaSettings quotas =
                new QuotaSettings(
                        requests(1),
                        Map.of("gold", requests(2)),
                        LimitSet.NONE,
                        Map.of(),
                        LimitSet.NONE,
                        RESERVE);
        GatewaySettings settings =
                Fixture.settings(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                StreamLimits.defaults())
                        .with(keys)
                        .with(new GatewayTraffic(quotas, GatewayTraffic.usual().capacity()));
        try (Fixture gateway = new Fixture(Script.saying("a"), settings)) {
            assertThat(passes(gateway, plain)).isTrue();
            assertThat(passes(gateway, plain)).isFalse();
            assertThat(passes(gateway, gold)).isTrue();
            assertThat(passes(gateway, gold)).isTrue();
            assertThat(passes(gateway, gold)).isFalse();
        }
    }

    private static KeyEntry key(String name, Secret key, Map<String, List<String>> attributes) {
        return new KeyEntry(
                name, KeyHash.of(key), Set.of("inference"), attributes, Instant.EPOCH, null, null);
    }

    private static boolean passes(Fixture gateway, Secret key) {
        Caller caller = Caller.PLAIN.header("x-api-key", key.reveal());
        return gateway.call(Way.REST, Fixture.request().build(), caller).ok();
    }

    @Test
    void connectAndGrpcWebTellTheSame() throws Exception {
        try (Fixture gateway = perCaller(Script.saying("a"), requests(1))) {
            gateway.call(Way.REST);
            HttpRequest connect =
                    HttpRequest.post(
                                    "/tandem.v1.ChatService/Complete",
                                    "{\"model\":\"tiny\",\"messages\":[{\"role\":\"ROLE_USER\",\"content\":[{\"text\":\"hi\"}]}]}")
                            .header("connect-protocol-version", "1");
            HttpReply reply = gateway.server.client().http(Version.HTTP_1_1, connect);
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.body())
                    .contains(
                            "resource_exhausted", "google.rpc.QuotaFailure", "google.rpc.RetryInfo")
                    .contains("requests_per_minute", "rate_limit_exceeded");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aServerThatHasEnoughToDoSaysSoAtOnceAndCountsNothing(Way way) throws Exception {
        Gate gate = new Gate();
        QuotaSettings quotas =
                new QuotaSettings(
                        requests(2), Map.of(), LimitSet.NONE, Map.of(), LimitSet.NONE, RESERVE);
        try (Fixture gateway =
                gateway(Script.empty().pause(gate).say("a"), quotas, Capacity.of(1, 0))) {
            OpenCall<? extends Message> running = gateway.open(way);
            gateway.engine.awaitRun();
            Reply<? extends Message> refused = gateway.call(way);
            assertThat(refused.status()).isEqualTo(way.wire().status(Code.UNAVAILABLE));
            assertThat(refused.error().reason()).isEqualTo("overloaded");
            assertThat(refused.error().retryAfter()).isEqualTo(Duration.ofSeconds(1));
            gate.open();
            assertThat(running.rest().ok()).isTrue();
            Reply<? extends Message> next = gateway.call(way);
            assertThat(next.ok()).isTrue();
            assertThat(next.header("x-ratelimit-remaining-requests")).contains("0");
        }
    }

    @Test
    void whoWaitsAndLeavesMakesRoom() throws Exception {
        try (Fixture gateway =
                gateway(Script.empty().pause(new Gate()), QuotaSettings.NONE, Capacity.of(1, 1))) {
            OpenCall<? extends Message> running = gateway.open(Way.SSE);
            gateway.engine.awaitRun();
            OpenCall<? extends Message> waiting = gateway.open(Way.GRPC_STREAM);
            awaitCalls(gateway, 2);
            awaitRefusal(gateway, true);
            waiting.leave();
            awaitRefusal(gateway, false);
            running.leave();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoWaitsWhenTheServerStopsHasItsTurnOrIsToldInTheEnd(boolean inTime) throws Exception {
        Gate gate = new Gate();
        GatewaySettings settings =
                Fixture.settings(
                                inTime ? Duration.ofSeconds(20) : Duration.ofMillis(500),
                                Duration.ofSeconds(10),
                                StreamLimits.defaults())
                        .with(new GatewayTraffic(QuotaSettings.NONE, Capacity.of(1, 1)));
        try (Fixture gateway = new Fixture(Script.empty().pause(gate).say("a"), settings)) {
            OpenCall<? extends Message> running = gateway.open(Way.SSE);
            gateway.engine.awaitRun();
            OpenCall<? extends Message> waiting = gateway.open(Way.GRPC_STREAM);
            awaitCalls(gateway, 2);
            Thread stopping = Thread.ofVirtual().start(gateway.server.server()::close);
            if (inTime) {
                gate.open();
                assertThat(running.rest().ok()).isTrue();
                assertThat(waiting.rest().ok()).isTrue();
            } else {
                assertThat(running.rest().error().reason()).isEqualTo("server_stopping");
                assertThat(waiting.rest().error().reason()).isEqualTo("server_stopping");
            }
            stopping.join();
        }
    }

    private static void awaitCalls(Fixture gateway, int count) {
        while (gateway.server.server().calls().inFlight() < count) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)); // from its begin to the line
    }

    private static void awaitRefusal(Fixture gateway, boolean refused) {
        for (int i = 0; i < 1_000; i++) {
            Reply<?> reply =
                    gateway.call(
                            Way.REST,
                            Fixture.request().build(),
                            Caller.PLAIN.within(Duration.ofMillis(100)));
            if (reply.error().reason().equals("overloaded") == refused) {
                return;
            }
        }
        throw new AssertionError("never");
    }
}
