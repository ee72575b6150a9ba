package dev.tandem.routing;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.observe.CallTrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;

/** Tells of the attempts of one model's calls, in the log and in traces. Knows no key. */
final class AttemptLog {
    private static final Logger LOG = System.getLogger(AttemptLog.class.getName());

    /** What says nothing of the engine, and is in the line of the call. */
    private static final Set<FailureKind> QUIET =
            Set.of(
                    FailureKind.FINAL,
                    FailureKind.CONTEXT_LENGTH,
                    FailureKind.LOADING,
                    FailureKind.OVERLOADED);

    private static final AttributeKey<String> ENGINE = AttributeKey.stringKey("tandem.engine");
    private static final AttributeKey<String> MODEL =
            AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final String model;

    AttemptLog(String model) {
        this.model = model;
    }

    void begins(Route route, Call call) {
        event(
                "tandem.attempt",
                call,
                Attributes.of(ENGINE, route.upstream().name(), MODEL, route.model()));
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(
                    Level.DEBUG,
                    "model {0}: engine {1} is asked [{2}]",
                    model,
                    route.upstream().name(),
                    call.requestId());
        }
    }

    void again(Route route, ApiError error, Duration wait, Call call) {
        failed(route, error, "is asked again in " + wait.toMillis() + " ms", call);
    }

    void next(Route route, ApiError error, Route next, Call call) {
        failed(route, error, "engine " + next.upstream().name() + " is asked instead", call);
    }

    void given(Route route, ApiError error, Call call) {
        failed(route, error, "the caller is told", call);
    }

    private void failed(Route route, ApiError error, String then, Call call) {
        event(
                "tandem.attempt.failed",
                call,
                Attributes.of(ENGINE, route.upstream().name(), ERROR, error.reason()));
        Level level = QUIET.contains(FailureKind.of(error)) ? Level.DEBUG : Level.INFO;
        LOG.log(
                level,
                "model {0}: engine {1} failed with {2}; {3} [{4}]",
                model,
                route.upstream().name(),
                error.reason(),
                then,
                call.requestId());
    }

    private static void event(String name, Call call, Attributes attributes) {
        CallTrace.of(call)
                .map(CallTrace::span)
                .filter(Span::isRecording)
                .ifPresent(span -> span.addEvent(name, attributes));
    }
}
