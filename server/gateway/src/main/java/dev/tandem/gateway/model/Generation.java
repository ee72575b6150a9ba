package dev.tandem.gateway.model;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.observe.CallTrace;
import dev.tandem.runtime.observe.Label;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call has a model do, from the moment the model is known: for metrics, traces and the
 * log. Written by the call's thread.
 */
public final class Generation {
    private static final Call.Key<Generation> KEY = new Call.Key<>("generation");

    private final String operation;
    private final @Nullable ServedModel model;
    private final Span span;
    private final long begun = System.nanoTime();
    private long first;
    private boolean taken;

    private Generation(String operation, @Nullable ServedModel model, Span span) {
        this.operation = operation;
        this.model = model;
        this.span = span;
    }

    /**
     * Finds the model that a request names and begins.
     *
     * @param operation in the words of OpenTelemetry's conventions for generative AI: {@code chat},
     *     {@code text_completion}, {@code embeddings}, or another
     * @throws ApiException {@code model_not_found}, {@code model_not_allowed}
     */
    public static Generation begin(Call call, String operation, Models models, String name) {
        ServedModel model;
        try {
            model = models.named(name, call);
        } catch (ApiException e) {
            call.put(KEY, new Generation(operation, null, Span.getInvalid()));
            throw e;
        }
        Span span = CallTrace.child(call, operation + " " + model.name(), SpanKind.INTERNAL);
        Generation generation = new Generation(operation, model, span);
        call.put(KEY, generation);
        call.onEnd(generation::close);
        return generation;
    }

    /** That of a call; empty where it has not come so far. */
    public static Optional<Generation> of(Call call) {
        return call.find(KEY);
    }

    /** What is done. */
    public String operation() {
        return operation;
    }

    /** The model that does it. */
    public ServedModel model() {
        ServedModel served = model;
        if (served == null) {
            throw new IllegalStateException("the request named no model of this server");
        }
        return served;
    }

    /** The model's name, {@link Label#OTHER} for one that is not served. */
    public String modelName() {
        return model == null ? Label.OTHER : model.name();
    }

    /** What kind of engine does it; empty where there is no such model. */
    public String engine() {
        return model == null ? "" : model.engine().kind();
    }

    /** A piece of the answer is there: a token, or some. */
    public void piece() {
        if (first == 0) {
            first = System.nanoTime() | 1; // 0 is never
            span.addEvent("gen_ai.first_token");
        }
    }

    /** Nanoseconds from the begin to the first piece; -1 where none came. */
    public long toFirst() {
        return first == 0 ? -1 : first - begun;
    }

    /** Nanoseconds since the begin. */
    public long elapsed() {
        return System.nanoTime() - begun;
    }

    /**
     * The engine's span, which does nothing where the call is not recorded. Whoever takes it ends
     * it; otherwise it ends with the call.
     */
    public Span takeSpan() {
        taken = true;
        return span;
    }

    private void close() {
        if (!taken) {
            span.end();
        }
    }
}
