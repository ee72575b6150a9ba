package dev.tandem.runtime.observe;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Sink;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sees every call from its begin to its end: the outermost policy. */
final class Observe implements Policy {
    private final @Nullable CallMetrics metrics;
    private final Tracing tracing;
    private final Queues queues;
    private final Map<String, Served> methods = new ConcurrentHashMap<>();

    Observe(@Nullable CallMetrics metrics, Tracing tracing, Queues queues) {
        this.metrics = metrics;
        this.tracing = tracing;
        this.queues = queues;
    }

    @Override
    public void admit(Call call) {
        Timeline timeline = new Timeline();
        Served method = named(call.head().method());
        call.put(Timeline.KEY, timeline);
        call.put(Queues.KEY, queues);
        tracing.begin(call, method);
        if (metrics != null) {
            metrics.begun(call);
        }
        call.onEnd(() -> ended(call, timeline, method));
    }

    private Served named(@Nullable String fullName) {
        return fullName == null ? Served.NONE : methods.getOrDefault(fullName, Served.NONE);
    }

    private void ended(Call call, Timeline timeline, Served asked) {
        Served reached = timeline.served();
        Served method = reached == null ? asked : reached;
        tracing.end(call, timeline, method);
        if (metrics != null) {
            metrics.ended(call, timeline, method);
        }
    }

    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        Served served = Served.of(method);
        methods.put(served.fullName(), served);
        return (source, sink, call) -> {
            Timeline timeline = call.find(Timeline.KEY).orElse(null);
            if (timeline == null) {
                next.handle(source, sink, call);
                return;
            }
            timeline.handling(served);
            Sink<R> watched =
                    message -> {
                        sink.send(message);
                        timeline.sent();
                    };
            if (metrics == null || !served.streams()) {
                next.handle(source, watched, call);
                return;
            }
            GaugeDataPoint active = metrics.stream(served, call);
            active.inc();
            try {
                next.handle(source, watched, call);
            } finally {
                active.dec();
            }
        };
    }
}
