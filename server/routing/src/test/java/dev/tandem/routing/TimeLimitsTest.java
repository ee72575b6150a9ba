package dev.tandem.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.contract.EngineCall;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that take too long, by a clock that the test moves. */
@Timeout(60)
class TimeLimitsTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Setup setup = new Setup();
    private final ScriptedEngine good = Setup.saying("yes");

    @Test
    void anEngineThatDoesNotBeginIsLeftForTheNext() {
        ScriptedEngine silent = new ScriptedEngine(Script.empty().pause(new Gate()));
        Upstream slow = setup.upstream("a", silent);
        RoutedEngine model =
                setup.inOrder(Setup.within(SECOND, NONE, NONE), slow, setup.upstream("b", good));
        try (EngineCall call = EngineCall.begin(model, EngineCall.hello().build())) {
            silent.awaitRun();
            setup.timing.pass(SECOND);
            call.awaitEnd();
            assertThat(call.failure()).isNull();
            assertThat(call.text()).isEqualTo("yes");
        }
        assertThat(slow.statistics().failures()).containsEntry("upstream_timeout", 1L);
        assertThat(slow.statistics().running()).isZero();
        assertThat(setup.timing.alarms()).isZero();
    }

    @Test
    void silenceAfterTheFirstTokenEndsTheAnswer() {
        Gate gate = new Gate();
        ScriptedEngine stalling =
                new ScriptedEngine(Script.saying("half").pause(gate).say("never"));
        RoutedEngine model =
                setup.inOrder(
                        Setup.within(NONE, SECOND, NONE),
                        setup.upstream("a", stalling),
                        setup.upstream("b", good));
        try (EngineCall call = EngineCall.begin(model, EngineCall.hello().build())) {
            gate.awaitReached();
            setup.timing.pass(Duration.ofMillis(600));
            setup.timing.pass(Duration.ofMillis(600));
            call.awaitEnd();
            assertThat(call.text()).isEqualTo("half");
            assertThat(call.failure())
                    .extracting(ApiError::reason, ApiError::message)
                    .containsExactly(
                            "upstream_timeout",
                            "The model is too slow: it was silent for 1 s; try again, or ask for"
                                    + " less.");
        }
        assertThat(good.runs()).isEmpty();
    }

    @Test
    void theWholeTimeHoldsForAllAttemptsTogether() {
        ScriptedEngine silent = new ScriptedEngine(Script.empty().pause(new Gate()));
        RoutedEngine model =
                setup.inOrder(
                        Setup.within(NONE, NONE, SECOND),
                        setup.upstream("a", silent),
                        setup.upstream("b", good));
        try (EngineCall call = EngineCall.begin(model, EngineCall.hello().build())) {
            silent.awaitRun();
            setup.timing.pass(SECOND);
            call.awaitEnd();
            assertThat(call.failure()).extracting(ApiError::reason).isEqualTo("upstream_timeout");
        }
        assertThat(good.runs()).isEmpty();
    }

    @Test
    void theReadersSlownessIsNotTheEngines() {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        ScriptedEngine engine = Setup.saying("slowly read");
        RoutedEngine model =
                setup.inOrder(Setup.within(SECOND, SECOND, NONE), setup.upstream("a", engine));
        try (EngineCall call =
                EngineCall.begin(
                        model,
                        EngineCall.hello().build(),
                        null,
                        () -> {
                            sent.countDown();
                            await(reading);
                        })) {
            await(sent);
            setup.timing.pass(Duration.ofSeconds(5));
            reading.countDown();
            call.awaitEnd();
            assertThat(call.failure()).isNull();
            assertThat(call.text()).isEqualTo("slowly read");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCallThatIsLeftWhileItsEngineIsSilentEndsAtOnce() {
        ScriptedEngine silent = new ScriptedEngine(Script.empty().pause(new Gate()));
        Upstream upstream = setup.upstream("a", silent);
        RoutedEngine model = setup.inOrder(Setup.PLAIN, upstream, setup.upstream("b", good));
        try (EngineCall call = EngineCall.begin(model, EngineCall.hello().build())) {
            silent.awaitRun();
            long left = call.leave();
            assertThat(Duration.ofNanos(call.awaitEnd() - left)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(good.runs()).isEmpty();
        assertThat(upstream.statistics().failures()).isEmpty();
    }
}
