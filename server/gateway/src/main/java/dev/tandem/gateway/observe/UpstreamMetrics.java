package dev.tandem.gateway.observe;

import dev.tandem.routing.Circuit;
import dev.tandem.routing.Statistics;
import dev.tandem.routing.Upstream;
import dev.tandem.runtime.observe.Metrics;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What the engines of the configuration do and have done, told by their statistics at each scrape:
 * those that are open then, by the configuration's names. The counts of one begin anew when it is
 * opened.
 */
public final class UpstreamMetrics {
    private static final String ENGINE = "engine";

    private final Metrics metrics;
    private final Supplier<List<Upstream>> open;

    private UpstreamMetrics(Metrics metrics, Supplier<List<Upstream>> open) {
        this.metrics = metrics;
        this.open = open;
    }

    /**
     * Adds them.
     *
     * @param open the engines that are open now; each name once. Cheap
     */
    public static void add(Metrics metrics, Supplier<List<Upstream>> open) {
        UpstreamMetrics all = new UpstreamMetrics(metrics, open);
        all.gauge("tandem_engine_running", "Calls that an engine works for now.", s -> s.running());
        all.gauge("tandem_engine_waiting", "Calls that wait for an engine now.", s -> s.waiting());
        all.gauge(
                "tandem_engine_circuit_open",
                "1 while an engine is left alone, 0.5 while one call may try it, else 0.",
                s -> openness(s.circuit()));
        all.counter(
                "tandem_engine_requests",
                "How often an engine was asked, retries included.",
                s -> s.requests());
        all.counter(
                "tandem_engine_retried",
                "How often an engine was asked again for the same call.",
                s -> s.retried());
        all.counter(
                "tandem_engine_circuit_opened",
                "How often an engine began to be left alone.",
                s -> s.opened());
        all.failures();
    }

    private static double openness(Circuit.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN -> 1;
        };
    }

    private void gauge(String name, String help, ToDoubleFunction<Statistics> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(ENGINE)
                .callback(told ->
                        open.get()
                                .forEach(engine ->
                                        told.call(
                                                value.applyAsDouble(engine.statistics()),
                                                engine.name())))
                .register(metrics.registry());
    }

    private void counter(String name, String help, ToDoubleFunction<Statistics> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(ENGINE)
                .callback(told ->
                        open.get()
                                .forEach(engine ->
                                        told.call(
                                                value.applyAsDouble(engine.statistics()),
                                                engine.name())))
                .register(metrics.registry());
    }

    private void failures() {
        CounterWithCallback.builder()
                .name("tandem_engine_failures")
                .help("How often an engine failed, by the reason of the error.")
                .labelNames(ENGINE, "reason")
                .callback(told ->
                        open.get()
                                .forEach(engine ->
                                        engine.statistics()
                                                .failures()
                                                .forEach((reason, count) ->
                                                        told.call(count, engine.name(), reason))))
                .register(metrics.registry());
    }
}
