package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.Call;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The metrics and spans of queues. */
final class Queues {
    static final Call.Key<Queues> KEY = new Call.Key<>("queues");

    private static final double NANOS = 1e9;

    private final Gauge length;
    private final Histogram wait;
    private final Map<String, QueueMeter> meters = new ConcurrentHashMap<>();

    Queues(Metrics metrics) {
        length = metrics.gauge("tandem_queue_length", "Calls that wait now.", "queue");
        wait =
                metrics.histogram(
                        "tandem_queue_wait_seconds",
                        "How long calls waited, however that ended.",
                        Bounds.first(),
                        "queue");
    }

    /** The meter of one queue. */
    QueueMeter meter(String name) {
        return meters.computeIfAbsent(name, this::made);
    }

    private QueueMeter made(String name) {
        GaugeDataPoint waiting = length.labelValues(name);
        DistributionDataPoint waited = wait.labelValues(name);
        return call -> enter(name, call, waiting, waited);
    }

    private static QueueMeter.Wait enter(
            String name, Call call, GaugeDataPoint waiting, DistributionDataPoint waited) {
        waiting.inc();
        long begin = System.nanoTime();
        Span span = CallTrace.child(call, "queue " + name, SpanKind.INTERNAL);
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                waiting.dec();
                waited.observe((System.nanoTime() - begin) / NANOS);
                span.end();
            }
        };
    }
}
