package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Head;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is counted of every call, whatever the service. */
final class CallMetrics {
    private static final double NANOS = 1e9;
    private static final int MOST_CALLERS = 200;
    private static final int MOST_REASONS = 200;

    private final List<Label> labels;
    private final Function<Call, Optional<String>> caller;
    private final CappedValues callers = new CappedValues(MOST_CALLERS);
    private final CappedValues reasons = new CappedValues(MOST_REASONS);
    private final Histogram duration;
    private final Histogram first;
    private final Counter messages;
    private final Counter errors;
    private final Counter cancelled;
    private final Counter byCaller;
    private final Map<Head.Wire, GaugeDataPoint> active = new EnumMap<>(Head.Wire.class);
    private final Gauge streams;

    CallMetrics(Metrics metrics, List<Label> labels, Function<Call, Optional<String>> caller) {
        this.labels = List.copyOf(labels);
        this.caller = caller;
        duration =
                metrics.histogram(
                        "tandem_call_duration_seconds",
                        "From a call's head to the end of its answer.",
                        Bounds.duration(),
                        Stream.concat(
                                        Stream.of("service", "method", "wire", "code"),
                                        labels.stream().map(Label::name))
                                .toArray(String[]::new));
        first =
                metrics.histogram(
                        "tandem_stream_first_message_seconds",
                        "From a call's head to the first message of a stream.",
                        Bounds.first(),
                        "service",
                        "method",
                        "wire");
        messages =
                metrics.counter(
                        "tandem_messages_sent",
                        "Messages of answers.",
                        "service",
                        "method",
                        "wire");
        errors =
                metrics.counter(
                        "tandem_call_errors",
                        "Calls that ended with an error, refused ones included.",
                        "reason",
                        "code",
                        "wire");
        cancelled =
                metrics.counter(
                        "tandem_calls_cancelled",
                        "Calls that ended before their handler did.",
                        "cause",
                        "wire");
        byCaller = metrics.counter("tandem_caller_calls", "Calls by who made them.", "caller");
        Gauge running = metrics.gauge("tandem_calls_active", "Calls that run now.", "wire");
        for (Head.Wire wire : Head.Wire.values()) {
            active.put(wire, running.labelValues(name(wire)));
        }
        streams =
                metrics.gauge(
                        "tandem_streams_active",
                        "Streams whose handler runs now.",
                        "service",
                        "method",
                        "wire");
    }

    void begun(Call call) {
        running(call).inc();
    }

    /** Of a stream whose handler begins: to be decremented when it has returned. */
    GaugeDataPoint stream(Served method, Call call) {
        return streams.labelValues(method.service(), method.method(), name(call.head().wire()));
    }

    void ended(Call call, Timeline timeline, Served method) {
        running(call).dec();
        String wire = name(call.head().wire());
        String[] values = new String[4 + labels.size()];
        values[0] = method.service();
        values[1] = method.method();
        values[2] = wire;
        values[3] = Outcome.code(call);
        for (int i = 0; i < labels.size(); i++) {
            values[4 + i] = labels.get(i).value().apply(call);
        }
        duration.labelValues(values).observe(timeline.elapsed() / NANOS);
        if (timeline.messages() > 0) {
            messages.labelValues(method.service(), method.method(), wire).inc(timeline.messages());
            if (method.streams()) {
                first.labelValues(method.service(), method.method(), wire)
                        .observe(timeline.toFirstMessage() / NANOS);
            }
        }
        ApiError failure = call.failure();
        if (failure != null) {
            errors.labelValues(reasons.of(failure.reason()), failure.code().name(), wire).inc();
        }
        CancelCause cause = call.cancelled();
        if (cause != null) {
            cancelled.labelValues(cause.name().toLowerCase(Locale.ROOT), wire).inc();
        }
        caller.apply(call).ifPresent(name -> byCaller.labelValues(callers.of(name)).inc());
    }

    private GaugeDataPoint running(Call call) {
        return Objects.requireNonNull(active.get(call.head().wire()));
    }

    private static String name(Head.Wire wire) {
        return switch (wire) {
            case GRPC -> "grpc";
            case GRPC_WEB -> "grpc_web";
            case CONNECT -> "connect";
            case REST -> "rest";
            case WEBSOCKET -> "websocket";
        };
    }
}
