package dev.tandem.gateway.observe;

import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.service.Spent;
import dev.tandem.gateway.service.UsageListener;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.observe.Bounds;
import dev.tandem.runtime.observe.CappedValues;
import dev.tandem.runtime.observe.Metrics;
import dev.tandem.v1.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counts tokens and their times, and ends the spans of engines, by OpenTelemetry's conventions for
 * generative AI.
 */
public final class ModelMetrics implements UsageListener {
    private static final double NANOS = 1e9;
    private static final int MOST_CALLERS = 200;
    private static final String[] CONVENTION = {
        "gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model"
    };
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER =
            AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> ASKED =
            AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<String> ANSWERED =
            AttributeKey.stringKey("gen_ai.response.model");
    private static final AttributeKey<Long> INPUT =
            AttributeKey.longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT =
            AttributeKey.longKey("gen_ai.usage.output_tokens");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Function<Call, Optional<String>> caller;
    private final CappedValues callers = new CappedValues(MOST_CALLERS);
    private final Histogram tokens;
    private final Histogram duration;
    private final Histogram first;
    private final Histogram next;
    private final Counter byCaller;
    private final Counter failures;

    /**
     * @param caller the name of who calls, where it is known
     */
    public ModelMetrics(Metrics metrics, Function<Call, Optional<String>> caller) {
        this.caller = caller;
        tokens =
                metrics.histogram(
                        "gen_ai_client_token_usage",
                        "Tokens of a call, where the engine counted them.",
                        Bounds.tokens(),
                        and("gen_ai_token_type"));
        duration =
                metrics.histogram(
                        "gen_ai_server_request_duration_seconds",
                        "The model's part of a call, the wait for it included.",
                        Bounds.duration(),
                        and("error_type"));
        first =
                metrics.histogram(
                        "gen_ai_server_time_to_first_token_seconds",
                        "To the first token of an answer that came to its end.",
                        Bounds.first(),
                        CONVENTION);
        next =
                metrics.histogram(
                        "gen_ai_server_time_per_output_token_seconds",
                        "From token to token, on average of an answer that came to its end.",
                        Bounds.next(),
                        CONVENTION);
        byCaller =
                metrics.counter(
                        "tandem_caller_tokens", "Tokens by who asked for them.", "caller", "type");
        failures =
                metrics.counter(
                        "tandem_upstream_failures",
                        "Calls that an engine failed.",
                        "model",
                        "engine",
                        "reason");
    }

    private static String[] and(String label) {
        return Stream.concat(Stream.of(CONVENTION), Stream.of(label)).toArray(String[]::new);
    }

    @Override
    public void spent(Call call, Spent spent) {
        Generation generation = Generation.of(call).orElse(null);
        if (generation == null) {
            return;
        }
        call.put(ModelFacts.SPENT, spent);
        long took = generation.elapsed();
        Span span = generation.takeSpan();
        Instant end = Instant.now();
        count(call, generation, spent, took);
        // why it ended is known when the call has
        call.onEnd(() -> {
            String reason = reason(call, spent);
            count(call, generation, reason, took);
            if (span.isRecording()) {
                tell(span, generation, spent, reason);
                span.end(end);
            }
        });
    }

    private void count(Call call, Generation generation, Spent spent, long took) {
        String operation = generation.operation();
        String provider = generation.engine();
        String model = generation.modelName();
        Usage usage = spent.usage();
        if (spent.counted()) {
            tokens.labelValues(operation, provider, model, "input")
                    .observe(usage.getPromptTokens());
            tokens.labelValues(operation, provider, model, "output")
                    .observe(usage.getCompletionTokens());
            caller.apply(call)
                    .map(callers::of)
                    .ifPresent(name -> {
                        byCaller.labelValues(name, "input").inc(usage.getPromptTokens());
                        byCaller.labelValues(name, "output").inc(usage.getCompletionTokens());
                    });
        }
        long toFirst = generation.toFirst();
        if (spent.finished() && toFirst >= 0) {
            first.labelValues(operation, provider, model).observe(toFirst / NANOS);
            int others = usage.getCompletionTokens() - 1;
            if (others > 0) {
                next.labelValues(operation, provider, model)
                        .observe((took - toFirst) / NANOS / others);
            }
        }
    }

    private static String reason(Call call, Spent spent) {
        ApiError failure = call.failure();
        if (failure != null) {
            return failure.reason();
        }
        return spent.finished() ? "" : "cancelled";
    }

    private void count(Call call, Generation generation, String reason, long took) {
        String model = generation.modelName();
        String engine = generation.engine();
        duration.labelValues(generation.operation(), engine, model, reason).observe(took / NANOS);
        ApiError failure = call.failure();
        if (failure != null && engines(failure)) {
            failures.labelValues(model, engine, reason).inc();
        }
    }

    /** Is it the engine that failed, rather than the request or the caller? */
    private static boolean engines(ApiError failure) {
        return failure.code() == Code.UPSTREAM_FAILED
                || failure.code() == Code.INTERNAL
                || failure.reason().equals(EngineReasons.ENGINE_FAILED.name());
    }

    private static void tell(Span span, Generation generation, Spent spent, String reason) {
        span.setAttribute(OPERATION, generation.operation());
        span.setAttribute(PROVIDER, generation.engine());
        span.setAttribute(ASKED, generation.modelName());
        span.setAttribute(ANSWERED, spent.model());
        if (spent.counted()) {
            span.setAttribute(INPUT, (long) spent.usage().getPromptTokens());
            span.setAttribute(OUTPUT, (long) spent.usage().getCompletionTokens());
        }
        if (!reason.isEmpty()) {
            span.setAttribute(ERROR, reason);
            span.setStatus(StatusCode.ERROR);
        }
    }
}
