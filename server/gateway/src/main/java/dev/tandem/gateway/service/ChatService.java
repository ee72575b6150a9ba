package dev.tandem.gateway.service;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Answers conversations. Whole or in pieces, it is the same work: a whole answer is the pieces, put
 * together.
 */
public final class ChatService {
    private final Models models;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final UsageListener usage;

    /**
     * @param ids makes the ids of answers, {@code chatcmpl-…}
     * @param usage is told what each call took
     */
    public ChatService(
            Models models, InstantSource clock, Supplier<String> ids, UsageListener usage) {
        this.models = models;
        this.clock = clock;
        this.ids = ids;
        this.usage = usage;
    }

    /** To be served. */
    public Service service() {
        return Service.of(ChatServiceGrpc.getServiceDescriptor())
                .unary(ChatServiceGrpc.getCompleteMethod(), this::complete)
                .stream(ChatServiceGrpc.getStreamMethod(), this::stream)
                .build();
    }

    private ChatCompletion complete(ChatRequest request, Call call) throws InterruptedException {
        require(ChatRules.ofComplete(request));
        Completion completion = new Completion();
        answer(request, new AnswerWatch(completion, true), call);
        return completion.toMessage();
    }

    private void stream(ChatRequest request, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        require(ChatRules.ofStream(request));
        boolean includeUsage = request.getStreamOptions().getIncludeUsage();
        answer(request, new AnswerWatch(sink, includeUsage), call);
    }

    private void answer(ChatRequest request, AnswerWatch watch, Call call)
            throws InterruptedException {
        ServedModel model = models.named(request.getModel());
        ChatChunk envelope =
                ChatChunk.newBuilder()
                        .setId(ids.get())
                        .setCreated(clock.instant().getEpochSecond())
                        .setModel(model.name())
                        .build();
        boolean finished = false;
        try {
            model.engine().chat(forEngine(request, model), envelope, watch, call);
            watch.requireEnd();
            finished = true;
        } finally {
            usage.spent(call, watch.spent(model.name(), finished));
        }
    }

    /** The request under the engine's own name of the model, with one token limit at most. */
    private static ChatRequest forEngine(ChatRequest request, ServedModel model) {
        ChatRequest.Builder own = request.toBuilder().setModel(model.engineModel());
        if (request.hasMaxCompletionTokens()) {
            own.clearMaxTokens();
        }
        return own.build();
    }

    private static void require(List<Violation> broken) {
        if (!broken.isEmpty()) {
            throw ApiError.violations(broken).toException();
        }
    }
}
