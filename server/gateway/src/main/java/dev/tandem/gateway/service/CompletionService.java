package dev.tandem.gateway.service;

import dev.tandem.engines.Engine;
import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Capability;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.TextCompletion;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * Continues texts. An engine continues one prompt at a time; a request with several goes through
 * them in their order.
 */
public final class CompletionService {
    private final Models models;
    private final InstantSource clock;
    private final UnaryOperator<String> ids;
    private final UsageListener usage;

    /**
     * @param ids makes the ids of answers, by their kind: {@code cmpl}
     * @param usage is told what each call took
     */
    public CompletionService(
            Models models, InstantSource clock, UnaryOperator<String> ids, UsageListener usage) {
        this.models = models;
        this.clock = clock;
        this.ids = ids;
        this.usage = usage;
    }

    /** To be served. */
    public Service service() {
        return CompletionRules.declare(
                        Service.of(CompletionServiceGrpc.getServiceDescriptor())
                                .unary(CompletionServiceGrpc.getCompleteMethod(), this::complete)
                                .stream(CompletionServiceGrpc.getStreamMethod(), this::stream))
                .build();
    }

    private TextCompletion complete(CompletionRequest request, Call call)
            throws InterruptedException {
        WholeText whole = new WholeText();
        answer(request, whole, true, call);
        return whole.toMessage();
    }

    private void stream(CompletionRequest request, Sink<TextCompletion> sink, Call call)
            throws InterruptedException {
        answer(request, sink, request.getStreamOptions().getIncludeUsage(), call);
    }

    private void answer(
            CompletionRequest request, Sink<TextCompletion> sink, boolean tellUsage, Call call)
            throws InterruptedException {
        Generation generation =
                Generation.begin(call, "text_completion", models, request.getModel());
        ServedModel model = generation.model();
        Engine engine = model.engine(Capability.CAPABILITY_COMPLETION);
        TextCompletion envelope =
                TextCompletion.newBuilder()
                        .setId(ids.apply("cmpl"))
                        .setCreated(clock.instant().getEpochSecond())
                        .setModel(model.name())
                        .build();
        CompletionWatch watch =
                new CompletionWatch(sink, CompletionRules.choices(request), generation);
        CompletionRequest own = request.toBuilder().setModel(model.engineModel()).build();
        boolean finished = false;
        try {
            for (int i = 0; i < own.getPromptCount(); i++) {
                watch.beginPrompt();
                continueOne(engine, own, i, envelope, watch, call);
            }
            if (tellUsage) {
                watch.sendUsage(envelope);
            }
            finished = true;
        } finally {
            usage.spent(call, watch.spent(model.name(), finished));
        }
    }

    private static void continueOne(
            Engine engine,
            CompletionRequest request,
            int prompt,
            TextCompletion envelope,
            CompletionWatch watch,
            Call call)
            throws InterruptedException {
        CompletionRequest one =
                request.getPromptCount() == 1
                        ? request
                        : request.toBuilder()
                                .clearPrompt()
                                .addPrompt(request.getPrompt(prompt))
                                .build();
        try {
            engine.complete(one, envelope, watch, call);
            watch.requireEnd();
        } catch (ApiException e) {
            throw request.getPromptCount() == 1 ? e : ofPrompt(e, prompt);
        }
    }

    /** The engine sees one prompt only and cannot tell which it is. */
    private static ApiException ofPrompt(ApiException e, int prompt) {
        ApiError error = e.error();
        if (!"prompt".equals(error.param())) {
            return e;
        }
        return error.about("prompt[" + prompt + "]").toException();
    }
}
