package dev.tandem.runtime.observe;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.DoubleSupplier;

/**
 * The metrics of one server, with those of the virtual machine and the process. Safe for use by any
 * thread.
 *
 * <p>Prometheus's own client and no façade: counting is an addition to a striped cell, histograms
 * keep the very bounds they are given, and three small jars are all it takes.
 */
public final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();

    /**
     * @param version of the program
     */
    Metrics(String version) {
        JvmMetrics.builder().register(registry);
        Info build =
                Info.builder()
                        .name("tandem_build_info")
                        .help("The program's version and that of Java.")
                        .labelNames("version", "java")
                        .register(registry);
        build.setLabelValues(version, Runtime.version().toString());
    }

    /** Adds a counter; its name ends with {@code _total} where it is served. */
    public Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** Adds a gauge that goes up and down. */
    public Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** Adds a gauge that is asked at each scrape; must not block. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** Adds a histogram with these upper bounds. */
    public Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** For collectors of one's own. */
    public PrometheusRegistry registry() {
        return registry;
    }

    /** All of them as they are now. */
    public MetricSnapshots scrape() {
        return registry.scrape();
    }
}
