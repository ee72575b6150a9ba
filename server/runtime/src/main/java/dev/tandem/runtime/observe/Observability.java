package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.Policy;
import io.opentelemetry.api.trace.TracerProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one sees of one server: given to {@code ServerBuilder.observe}, closed by the server after
 * its last call, so that the last spans leave. Safe for use by any thread.
 */
public final class Observability implements AutoCloseable {
    private final ObserveSettings settings;
    private final Metrics metrics;
    private final Queues queues;
    private final @Nullable Exporting exporting;
    private final Policy policy;

    private Observability(ObserveSettings settings) {
        this.settings = settings;
        metrics = new Metrics(settings.version());
        queues = new Queues(metrics);
        exporting =
                settings.traces()
                        .map(traces -> new Exporting(traces, settings.version(), metrics))
                        .orElse(null);
        TracerProvider tracers = exporting == null ? TracerProvider.noop() : exporting.provider();
        policy =
                new Observe(
                        settings.metrics()
                                ? new CallMetrics(metrics, settings.labels(), settings.caller())
                                : null,
                        new Tracing(tracers, exporting != null, settings.caller()),
                        queues);
    }

    /** Begins to see. */
    public static Observability of(ObserveSettings settings) {
        return new Observability(settings);
    }

    /** What is to be seen. */
    public ObserveSettings settings() {
        return settings;
    }

    /** More fields of the line of each call. */
    public List<Fact> facts() {
        return settings.facts();
    }

    /** For metrics of one's own. */
    public Metrics metrics() {
        return metrics;
    }

    /**
     * The meter of one queue.
     *
     * @param name of which there are few, for the label {@code queue}
     */
    public QueueMeter queue(String name) {
        return queues.meter(name);
    }

    /** The outermost policy of the server. */
    public Policy policy() {
        return policy;
    }

    /** Exports the last spans, for some seconds at most. */
    @Override
    public void close() {
        if (exporting != null) {
            exporting.close();
        }
    }
}
