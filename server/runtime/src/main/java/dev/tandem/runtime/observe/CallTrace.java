package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.Call;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The place of one call in its trace. Safe for use by any thread. */
public final class CallTrace {
    static final Call.Key<CallTrace> KEY = new Call.Key<>("trace");

    private final Tracer tracer;
    private final Context context;
    private final Span span;

    /**
     * @param context has the span
     */
    CallTrace(Tracer tracer, Context context) {
        this.tracer = tracer;
        this.context = context;
        this.span = Span.fromContext(context);
    }

    /** That of a call; empty where it belongs to no trace. */
    public static Optional<CallTrace> of(Call call) {
        return call.find(KEY);
    }

    /**
     * Begins a span within the call's. The caller ends it. Where the call is not recorded the
     * result does nothing, and costs next to nothing.
     */
    public static Span child(Call call, String name, SpanKind kind) {
        CallTrace trace = call.find(KEY).orElse(null);
        return trace == null || !trace.span.isRecording()
                ? Span.getInvalid()
                : trace.tracer
                        .spanBuilder(name)
                        .setParent(trace.context)
                        .setSpanKind(kind)
                        .startSpan();
    }

    /**
     * The headers by which a server that is called on behalf of this call, or that is told of it,
     * learns its place in the trace: {@code traceparent} and {@code tracestate} (W3C Trace
     * Context). Empty where the call belongs to no trace.
     *
     * @param within the span of the onward call; an invalid one counts as none
     */
    public static Map<String, String> onward(Call call, Span within) {
        Map<String, String> headers = new LinkedHashMap<>();
        call.find(KEY)
                .ifPresent(trace -> {
                    Context from =
                            within.getSpanContext().isValid()
                                    ? trace.context.with(within)
                                    : trace.context;
                    W3CTraceContextPropagator.getInstance()
                            .inject(
                                    from,
                                    headers,
                                    (carrier, name, value) -> put(headers, name, value));
                });
        return headers;
    }

    private static void put(Map<String, String> headers, String name, String value) {
        headers.put(name, value);
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return span.getSpanContext().getTraceId();
    }

    /** The span of the call itself; the server ends it. */
    public Span span() {
        return span;
    }
}
