package dev.tandem.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.v1.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which engine answers, and after what failure another does. */
@Timeout(60)
class RoutedEngineTest {
    private final Setup setup = new Setup();
    private final ScriptedEngine good = Setup.saying("yes");

    private static Reason named(String reason) {
        return java.util.stream.Stream.concat(
                        EngineReasons.ALL.stream(),
                        List.of(Reasons.OVERLOADED, Reasons.UNSUPPORTED_VALUE).stream())
                .filter(each -> each.name().equals(reason))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upstream_unavailable",
                "upstream_error",
                "upstream_timeout",
                "upstream_rate_limited",
                "upstream_misconfigured",
                "model_loading",
                "engine_failed",
                "overloaded"
            })
    void afterThisFailureTheNextEngineAnswers(String reason) {
        RoutedEngine model =
                setup.inOrder(
                        Setup.NO_RETRY,
                        setup.upstream("a", Setup.failing(named(reason))),
                        setup.upstream("b", good));

        try (EngineCall call = Setup.call(model)) {
            assertThat(call.failure()).isNull();
            assertThat(call.text()).isEqualTo("yes");
            assertThat(call.choice(0)).filteredOn(choice -> choice.getDelta().hasRole()).hasSize(1);
        }
        assertThat(good.runs().getFirst().request().getModel()).isEqualTo("own-b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsupported_value", "context_length_exceeded"})
    void theCallersOwnFaultIsTold(String reason) {
        RoutedEngine model =
                setup.inOrder(
                        Setup.PLAIN,
                        setup.upstream("a", Setup.failing(named(reason))),
                        setup.upstream("b", good));

        assertThat(Setup.reason(model)).isEqualTo(reason);
        assertThat(good.runs()).isEmpty();
    }

    @Test
    void whatIsTooLongForOneContextMayGoToALargerOne() {
        RoutedEngine model =
                setup.inOrder(
                        new RoutingSettings(
                                Retries.DEFAULT,
                                Set.of(FailureKind.CONTEXT_LENGTH),
                                TimeLimits.NONE),
                        setup.upstream("a", Setup.failing(EngineReasons.CONTEXT_LENGTH_EXCEEDED)),
                        setup.upstream("b", good));

        assertThat(Setup.reason(model)).isEqualTo("context_length_exceeded"); // 4096 both
        assertThat(good.runs()).isEmpty();
    }

    @Test
    void nothingIsTriedAgainAfterTheFirstToken() {
        ScriptedEngine breaking =
                new ScriptedEngine(Script.saying("half").fail(Setup.unavailable()));
        RoutedEngine model =
                setup.inOrder(
                        Setup.PLAIN, setup.upstream("a", breaking), setup.upstream("b", good));

        try (EngineCall call = Setup.call(model)) {
            assertThat(call.text()).isEqualTo("half");
            assertThat(call.failure())
                    .extracting(ApiError::reason)
                    .isEqualTo("upstream_unavailable");
        }
        assertThat(breaking.runs()).hasSize(1);
        assertThat(good.runs()).isEmpty();
    }

    @Test
    void theSameEngineIsAskedAgainAfterAWait() {
        AtomicInteger asked = new AtomicInteger();
        ScriptedEngine second =
                new ScriptedEngine(request ->
                        asked.getAndIncrement() == 0
                                ? Script.empty().fail(Setup.unavailable())
                                : Script.saying("again"));
        Upstream upstream = setup.upstream("a", second);

        assertThat(Setup.text(setup.inOrder(Setup.PLAIN, upstream, setup.upstream("b", good))))
                .isEqualTo("again");
        assertThat(setup.timing.pauses)
                .singleElement()
                .satisfies(
                        wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofMillis(250)));
        assertThat(upstream.statistics().retried()).isEqualTo(1);
        assertThat(upstream.statistics().requests()).isEqualTo(2);
        assertThat(upstream.statistics().failures()).containsEntry("upstream_unavailable", 1L);
        assertThat(good.runs()).isEmpty();
    }

    @Test
    void aShortRetryAfterIsWaitedForAndALongOneIsNot() {
        for (long seconds : List.of(3L, 11L)) {
            Setup fresh = new Setup();
            ScriptedEngine limited =
                    new ScriptedEngine(
                            Script.empty()
                                    .fail(
                                            ApiError.of(EngineReasons.UPSTREAM_RATE_LIMITED, "no")
                                                    .retryAfter(Duration.ofSeconds(seconds))
                                                    .toException()));
            ScriptedEngine other = Setup.saying("yes");
            RoutedEngine model =
                    fresh.inOrder(
                            Setup.PLAIN, fresh.upstream("a", limited), fresh.upstream("b", other));

            assertThat(Setup.text(model)).isEqualTo("yes");
            assertThat(fresh.timing.pauses).hasSize(seconds == 3 ? 1 : 0);
            assertThat(fresh.timing.pauses)
                    .allSatisfy(wait ->
                            assertThat(wait)
                                    .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4)));
        }
    }

    @Test
    void theCallersDeadlineLeavesNoTimeForARetry() {
        ScriptedEngine limited =
                new ScriptedEngine(
                        Script.empty()
                                .fail(
                                        ApiError.of(EngineReasons.UPSTREAM_RATE_LIMITED, "no")
                                                .retryAfter(Duration.ofSeconds(9))
                                                .toException()));
        RoutedEngine model = setup.inOrder(Setup.PLAIN, setup.upstream("a", limited));

        try (EngineCall call =
                EngineCall.begin(
                        model, EngineCall.hello().build(), Duration.ofSeconds(8), () -> {})) {
            call.awaitEnd();
            assertThat(call.failure())
                    .satisfies(error -> assertThat(error.retryAfter()).hasSeconds(9));
        }
        assertThat(setup.timing.pauses).isEmpty();
    }

    @Test
    void anOutageIsNotMultiplied() {
        ScriptedEngine down = Setup.failing(EngineReasons.UPSTREAM_RATE_LIMITED);
        RoutedEngine model = setup.inOrder(Setup.retrying(5), setup.upstream("a", down));
        RoutedEngine still =
                setup.routed(
                        new RoutingSettings(
                                new Retries(5, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                                FailureKind.usualFallback(),
                                TimeLimits.NONE),
                        model.routes());
        for (int i = 0; i < 100; i++) {
            assertThat(Setup.reason(still)).isEqualTo("upstream_rate_limited");
        }
        assertThat(down.runs().size() - 100).isBetween(20, 30); // 10, and a fifth of the calls
    }

    @Test
    void weightsShareTheCalls() {
        ScriptedEngine rare = Setup.saying("rare");
        RoutedEngine model =
                setup.routed(
                        Setup.PLAIN,
                        List.of(
                                new Route(setup.upstream("a", good), "own", 3, 0),
                                new Route(setup.upstream("b", rare), "own", 1, 0),
                                new Route(
                                        setup.upstream("c", Setup.saying("never")), "own", 9, 1)));
        for (int i = 0; i < 400; i++) {
            assertThat(Setup.text(model)).isIn("yes", "rare");
        }
        assertThat(rare.runs().size()).isBetween(70, 130);
    }

    @Test
    void anEngineThatIsNotReadyOrCannotIsPassedOver() {
        ScriptedEngine asleep = Setup.saying("asleep");
        asleep.ready(false);
        ScriptedEngine embedder = Setup.saying("embedder");
        embedder.capabilities(Set.of(Capability.CAPABILITY_EMBEDDING));
        RoutedEngine model =
                setup.inOrder(
                        Setup.PLAIN,
                        setup.upstream("a", asleep),
                        setup.upstream("b", embedder),
                        setup.upstream("c", good));

        assertThat(Setup.text(model)).isEqualTo("yes");
        good.ready(false);
        assertThat(Setup.text(model)).isEqualTo("asleep"); // all are not: the first is asked
    }

    @Test
    void aFullEngineSaysHowManyWait() throws InterruptedException {
        Gate gate = new Gate();
        ScriptedEngine busy = new ScriptedEngine(Script.empty().pause(gate).say("late"));
        RoutedEngine model =
                setup.inOrder(Setup.PLAIN, setup.upstream("a", busy, Capacity.of(1, 0)));
        try (EngineCall first = EngineCall.begin(model, EngineCall.hello().build())) {
            busy.awaitRun();
            try (EngineCall second = Setup.call(model)) {
                assertThat(second.failure())
                        .satisfies(error -> {
                            assertThat(error.reason()).isEqualTo("overloaded");
                            assertThat(error.message()).contains("none may wait");
                            assertThat(error.retryAfter()).isNotNull();
                        });
            }
            gate.open();
            first.awaitEnd();
            assertThat(first.text()).isEqualTo("late");
        }
    }

    @Test
    void theMostUsefulErrorIsTold() {
        RoutedEngine model =
                setup.inOrder(
                        Setup.NO_RETRY,
                        setup.upstream("a", Setup.failing(EngineReasons.UPSTREAM_RATE_LIMITED)),
                        setup.upstream("b", Setup.failing(EngineReasons.UPSTREAM_ERROR)),
                        setup.upstream("c", Setup.failing(EngineReasons.UPSTREAM_MISCONFIGURED)));

        assertThat(Setup.reason(model)).isEqualTo("upstream_rate_limited");
    }

    @Test
    void aRetiredEngineIsClosedAfterItsLastCall() {
        Gate gate = new Gate();
        ScriptedEngine engine = new ScriptedEngine(Script.saying("a").pause(gate).say("b"));
        Upstream upstream = setup.upstream("a", engine);
        RoutedEngine model = setup.inOrder(Setup.PLAIN, upstream);
        try (EngineCall call = EngineCall.begin(model, EngineCall.hello().build())) {
            call.awaitText();
            upstream.retire();
            assertThat(engine.closed()).isFalse();
            gate.open();
            call.awaitEnd();
            assertThat(call.text()).isEqualTo("ab");
        }
        assertThat(engine.closed()).isTrue();
        assertThat(Setup.reason(model)).isEqualTo("upstream_unavailable");
    }
}
