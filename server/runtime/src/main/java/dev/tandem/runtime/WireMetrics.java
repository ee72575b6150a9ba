package dev.tandem.runtime;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.auth.ScopeGate;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.observe.Metrics;
import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.wire.port.Wires;
import dev.tandem.runtime.wire.rest.ScopedRouting;
import io.helidon.webserver.http.HttpRouting;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.Set;

/** What the connections tell when they are asked. */
record WireMetrics(Calls calls, Wires wires, Readiness readiness) {
    private static final ScopeGate GATE = new ScopeGate(Set.of(Caller.METRICS));

    /**
     * Adds the page of all metrics, and these to it, where one wants to see them: for callers with
     * the scope {@link Caller#METRICS}.
     */
    void route(Observability observability, HttpRouting.Builder pages) {
        if (observability.settings().metrics()) {
            addTo(observability.metrics());
            new MetricsPage(observability.metrics()).route(new ScopedRouting(pages, GATE));
        }
    }

    private void addTo(Metrics metrics) {
        GaugeWithCallback.builder()
                .name("tandem_connections")
                .help("Connections that have begun to speak, idle ones included.")
                .labelNames("protocol")
                .callback(callback -> {
                    callback.call(wires.http1Connections(), "http1");
                    callback.call(wires.http2Connections(), "http2");
                })
                .register(metrics.registry());
        metrics.gauge(
                "tandem_held_bytes",
                "Bytes that wait on HTTP/2 connections for a handler or for a client.",
                wires::heldBytes);
        metrics.gauge(
                "tandem_calls_open",
                "Calls that have begun and not ended, pages and probes included.",
                calls::inFlight);
        metrics.gauge(
                "tandem_ready",
                "1 while the server wants calls.",
                () -> readiness.getAsBoolean() ? 1 : 0);
    }
}
