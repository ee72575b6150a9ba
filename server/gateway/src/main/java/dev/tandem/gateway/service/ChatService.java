package dev.tandem.gateway.service;

import dev.tandem.engines.Engine;
import dev.tandem.gateway.answer.AnswerCheck;
import dev.tandem.gateway.answer.AnswerForm;
import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * Answers conversations. Whole or in pieces, it is the same work: a whole answer is the pieces, put
 * together.
 */
public final class ChatService {
    private final Models models;
    private final InstantSource clock;
    private final UnaryOperator<String> ids;
    private final UsageListener usage;

    /**
     * @param ids makes the ids of answers, by their kind: {@code chatcmpl}
     * @param usage is told what each call took
     */
    public ChatService(
            Models models, InstantSource clock, UnaryOperator<String> ids, UsageListener usage) {
        this.models = models;
        this.clock = clock;
        this.ids = ids;
        this.usage = usage;
    }

    /** To be served. */
    public Service service() {
        return ChatRules.declare(
                        Service.of(ChatServiceGrpc.getServiceDescriptor())
                                .unary(ChatServiceGrpc.getCompleteMethod(), this::complete)
                                .stream(ChatServiceGrpc.getStreamMethod(), this::stream))
                .build();
    }

    private ChatCompletion complete(ChatRequest request, Call call) throws InterruptedException {
        WholeChat completion = new WholeChat();
        answer(request, new ChatWatch(completion, true), call);
        return completion.toMessage();
    }

    private void stream(ChatRequest request, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        boolean includeUsage = request.getStreamOptions().getIncludeUsage();
        answer(request, new ChatWatch(sink, includeUsage), call);
    }

    private void answer(ChatRequest request, ChatWatch watch, Call call)
            throws InterruptedException {
        Generation generation = Generation.begin(call, "chat", models, request.getModel());
        ServedModel model = generation.model();
        Engine engine = model.engine(Capability.CAPABILITY_CHAT);
        AnswerForm form = AnswerForm.of(request);
        if (form != null) {
            watch.check(new AnswerCheck(form));
        }
        ChatChunk envelope =
                ChatChunk.newBuilder()
                        .setId(ids.apply("chatcmpl"))
                        .setCreated(clock.instant().getEpochSecond())
                        .setModel(model.name())
                        .build();
        boolean finished = false;
        try {
            watch.tell(generation);
            engine.chat(forEngine(request, model), envelope, watch, call);
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
}
