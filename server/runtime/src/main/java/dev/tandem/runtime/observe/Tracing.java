package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the span of each call of a method, within the caller's trace where it has one. Without an
 * exporter no span is recorded, but a caller's trace is known to the log and handed on.
 */
final class Tracing {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system");
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("rpc.service");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
    private static final AttributeKey<Long> GRPC_CODE =
            AttributeKey.longKey("rpc.grpc.status_code");
    private static final AttributeKey<String> VERB = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<Long> STATUS =
            AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> WIRE = AttributeKey.stringKey("tandem.wire");
    private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("tandem.request_id");
    private static final AttributeKey<String> CALLER = AttributeKey.stringKey("tandem.caller");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("tandem.code");
    private static final AttributeKey<String> ENDED = AttributeKey.stringKey("tandem.ended");
    private static final AttributeKey<Long> MESSAGES = AttributeKey.longKey("tandem.messages_sent");

    private static final TextMapGetter<Head> HEADERS =
            new TextMapGetter<>() {
                @Override
                public @Nullable String get(@Nullable Head head, String name) {
                    if (head == null) {
                        return null;
                    }
                    List<String> values =
                            head.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
                    // several tracestate headers are one list (W3C Trace Context, section 3.3.1)
                    return values.isEmpty() ? null : String.join(",", values);
                }
            };

    private final Tracer tracer;
    private final boolean records;
    private final Function<Call, Optional<String>> caller;

    Tracing(TracerProvider provider, boolean records, Function<Call, Optional<String>> caller) {
        this.tracer = provider.get("dev.tandem");
        this.records = records;
        this.caller = caller;
    }

    /**
     * The call's place in its trace, put into the call; none for what is no method of a service.
     */
    void begin(Call call, Served method) {
        Head head = call.head();
        boolean within = head.headers().containsKey("traceparent");
        if (!(records || within) || method.equals(Served.NONE) || method.own()) {
            return;
        }
        Context parent = Context.root();
        if (within) {
            parent = W3CTraceContextPropagator.getInstance().extract(parent, head, HEADERS);
        }
        if (records) {
            Span span = start(head, method, parent, call.requestId());
            call.put(CallTrace.KEY, new CallTrace(tracer, parent.with(span)));
        } else if (Span.fromContext(parent).getSpanContext().isValid()) {
            call.put(CallTrace.KEY, new CallTrace(tracer, parent));
        }
    }

    private Span start(Head head, Served method, Context parent, String requestId) {
        SpanBuilder builder =
                tracer.spanBuilder(method.fullName())
                        .setParent(parent)
                        .setSpanKind(SpanKind.SERVER);
        Span span = builder.startSpan();
        if (span.isRecording()) {
            span.setAttribute(SYSTEM, system(head.wire()));
            span.setAttribute(SERVICE, method.service());
            span.setAttribute(METHOD, method.method());
            span.setAttribute(VERB, head.verb());
            span.setAttribute(PATH, head.path());
            span.setAttribute(WIRE, head.wire().name().toLowerCase(Locale.ROOT));
            span.setAttribute(REQUEST, requestId);
            if (head.peer() instanceof InetSocketAddress address) {
                span.setAttribute(CLIENT, address.getHostString());
            }
        }
        return span;
    }

    private static String system(Head.Wire wire) {
        return switch (wire) {
            case GRPC, GRPC_WEB -> "grpc";
            case CONNECT -> "connect_rpc";
            case REST, WEBSOCKET -> "http";
        };
    }

    /** Ends the span of the call. */
    void end(Call call, Timeline timeline, Served method) {
        CallTrace trace = CallTrace.of(call).orElse(null);
        if (!records || trace == null) {
            return;
        }
        Span span = trace.span();
        if (span.isRecording()) {
            tell(span, call, timeline, method);
        }
        span.end();
    }

    private void tell(Span span, Call call, Timeline timeline, Served method) {
        span.updateName(method.fullName());
        span.setAttribute(METHOD, method.method());
        span.setAttribute(CODE, Outcome.code(call));
        span.setAttribute(ENDED, Outcome.ended(call));
        span.setAttribute(MESSAGES, (long) timeline.messages());
        caller.apply(call).ifPresent(name -> span.setAttribute(CALLER, name));
        if (call.status() != 0) {
            span.setAttribute(STATUS, (long) call.status());
        }
        ApiError failure = call.failure();
        if (call.head().wire() == Head.Wire.GRPC || call.head().wire() == Head.Wire.GRPC_WEB) {
            span.setAttribute(GRPC_CODE, failure == null ? 0L : failure.code().grpc());
        }
        if (failure != null) {
            span.setAttribute(ERROR, failure.reason());
            if (failure.code().http() >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
        }
    }
}
