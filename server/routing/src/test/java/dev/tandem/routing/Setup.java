package dev.tandem.routing;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reason;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.contract.EngineCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Models on scripted engines. */
final class Setup {
    static final RoutingSettings PLAIN = RoutingSettings.DEFAULT;
    static final RoutingSettings NO_RETRY = retrying(0);

    final ManualTiming timing = new ManualTiming();

    Upstream upstream(String name, ScriptedEngine engine) {
        return upstream(name, engine, Capacity.of(100, 0));
    }

    Upstream upstream(String name, ScriptedEngine engine, Capacity capacity) {
        return new Upstream(name, engine, capacity, CircuitSettings.DEFAULT, timing);
    }

    /** Each with its own priority, in this order. */
    RoutedEngine inOrder(RoutingSettings settings, Upstream... upstreams) {
        return routed(
                settings,
                Arrays.stream(upstreams)
                        .map(each ->
                                new Route(
                                        each,
                                        "own-" + each.name(),
                                        1,
                                        List.of(upstreams).indexOf(each)))
                        .toList());
    }

    RoutedEngine routed(RoutingSettings settings, List<Route> routes) {
        return new RoutedEngine("chat", routes, settings, timing, new Random(7));
    }

    static RoutingSettings retrying(int most) {
        return new RoutingSettings(
                new Retries(
                        most,
                        Duration.ofMillis(250),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10)),
                FailureKind.usualFallback(),
                TimeLimits.NONE);
    }

    static RoutingSettings within(Duration first, Duration gap, Duration total) {
        return new RoutingSettings(
                new Retries(0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                FailureKind.usualFallback(),
                new TimeLimits(first, gap, total));
    }

    /** One that fails before anything else. */
    static ScriptedEngine failing(Reason reason) {
        return new ScriptedEngine(Script.empty().fail(error(reason)));
    }

    static ScriptedEngine saying(String text) {
        return new ScriptedEngine(Script.saying(text));
    }

    static ApiException error(Reason reason) {
        return ApiError.of(reason, "no").toException();
    }

    static ApiException unavailable() {
        return error(EngineReasons.UPSTREAM_UNAVAILABLE);
    }

    /** A call of the model, to its end. */
    static EngineCall call(RoutedEngine model) {
        EngineCall call = EngineCall.begin(model, EngineCall.hello().build());
        call.awaitEnd();
        return call;
    }

    static String text(RoutedEngine model) {
        try (EngineCall call = call(model)) {
            return call.text();
        }
    }

    static String reason(RoutedEngine model) {
        try (EngineCall call = call(model)) {
            ApiError failure = call.failure();
            return failure == null ? "" : failure.reason();
        }
    }
}
