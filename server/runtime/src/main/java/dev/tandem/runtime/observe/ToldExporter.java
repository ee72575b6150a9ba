package dev.tandem.runtime.observe;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was exported and what was lost, and tells in the log, once a minute at most, that the
 * receiver does not take it.
 */
final class ToldExporter implements SpanExporter {
    private static final Logger LOG = System.getLogger(ToldExporter.class.getName());
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SpanExporter exporter;
    private final String receiver;
    private final CounterDataPoint sent;
    private final CounterDataPoint lost;
    private final AtomicLong lostUntold = new AtomicLong();
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    /**
     * @param receiver for people
     */
    ToldExporter(SpanExporter exporter, String receiver, Metrics metrics) {
        this.exporter = exporter;
        this.receiver = receiver;
        Counter counter =
                metrics.counter(
                        "tandem_spans_exported",
                        "Spans that went to the receiver, and that it did not take.",
                        "result");
        sent = counter.labelValues("sent");
        lost = counter.labelValues("lost");
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> {
            if (result.isSuccess()) {
                sent.inc(count);
            } else {
                lost.inc(count);
                lostUntold.addAndGet(count);
                tell(result.getFailureThrowable());
            }
        });
        return result;
    }

    private void tell(@Nullable Throwable why) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
            LOG.log(
                    Level.WARNING,
                    "{0} spans were lost: {1} does not take them ({2}); calls go on without",
                    lostUntold.getAndSet(0),
                    receiver,
                    why == null ? "it answered with an error" : why.toString());
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
