package dev.tandem.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.EngineReasons;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that fails is left alone, and tried again by one. */
@Timeout(60)
class CircuitTest {
    private final Setup setup = new Setup();
    private final Circuit circuit = new Circuit(CircuitSettings.DEFAULT, setup.timing::nanos);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(Objects.requireNonNull(circuit.enter(true)));
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            circuit.succeeded(Objects.requireNonNull(circuit.enter(false)));
        }
    }

    @Test
    void opensByFailuresInARow() {
        fail(4);
        succeed(1);
        fail(4);
        assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
        fail(1);
        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
        assertThat(circuit.enter(false)).isNull();
        assertThat(circuit.opened()).isEqualTo(1);
    }

    @Test
    void opensByTheirShareWithinTheWindow() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            succeed(1);
        }
        assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED); // 18 calls are too few
        succeed(1);
        fail(1);
        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
    }

    @Test
    void whatHappenedBeforeTheWindowIsForgotten() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            succeed(1);
        }
        setup.timing.pass(Duration.ofSeconds(31));
        succeed(1);
        fail(1);
        assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
    }

    @Test
    void oneCallTriesAndDecides() {
        fail(5);
        setup.timing.pass(Duration.ofSeconds(30));
        assertThat(circuit.state()).isEqualTo(Circuit.State.HALF_OPEN);
        Circuit.Pass probe = Objects.requireNonNull(circuit.enter(false));
        assertThat(circuit.enter(false)).isNull();
        circuit.left(probe); // its caller left: another tries
        Circuit.Pass second = Objects.requireNonNull(circuit.enter(false));
        circuit.failed(second);
        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
        setup.timing.pass(Duration.ofSeconds(30));
        succeed(1);
        assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
        assertThat(circuit.opened()).isEqualTo(2);
    }

    @Test
    void whatBeganBeforeItOpenedSaysNothingAnyMore() {
        Circuit.Pass old = Objects.requireNonNull(circuit.enter(false));
        fail(5);
        circuit.succeeded(old);
        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
    }

    @Test
    void anEngineWithAnOpenCircuitIsPassedOverUntilItIsTried() {
        AtomicBoolean up = new AtomicBoolean();
        ScriptedEngine shaky =
                new ScriptedEngine(request ->
                        up.get()
                                ? Script.saying("back")
                                : Script.empty().fail(Setup.error(EngineReasons.UPSTREAM_ERROR)));
        RoutedEngine model =
                setup.inOrder(
                        Setup.NO_RETRY,
                        setup.upstream("a", shaky),
                        setup.upstream("b", Setup.saying("yes")));
        for (int i = 0; i < 20; i++) {
            assertThat(Setup.text(model)).isEqualTo("yes");
        }
        assertThat(shaky.runs()).hasSize(5);
        up.set(true);
        setup.timing.pass(Duration.ofSeconds(30));
        assertThat(Setup.text(model)).isEqualTo("back");
    }

    @Test
    void theOnlyEngineIsAskedThoughItsCircuitIsOpen() {
        ScriptedEngine down = Setup.failing(EngineReasons.UPSTREAM_ERROR);
        Upstream upstream = setup.upstream("a", down);
        RoutedEngine model = setup.inOrder(Setup.NO_RETRY, upstream);
        for (int i = 0; i < 8; i++) {
            assertThat(Setup.reason(model)).isEqualTo("upstream_error");
        }
        assertThat(down.runs()).hasSize(8);
        assertThat(upstream.statistics().circuit()).isEqualTo(Circuit.State.OPEN);
        assertThat(upstream.statistics().opened()).isEqualTo(1);
    }
}
