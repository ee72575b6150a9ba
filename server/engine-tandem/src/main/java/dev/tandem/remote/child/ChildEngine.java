package dev.tandem.remote.child;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
import dev.tandem.remote.TandemEngine;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TokenizeRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model in a child process. Where that ends, running calls end with {@code engine_failed}, those
 * that come before it is back with {@code model_loading}, and nothing else of this server is hurt.
 */
public final class ChildEngine implements Engine {
    /** What a child's being away looks like on the way to it. */
    private static final Set<String> AWAY =
            Set.of(
                    EngineReasons.UPSTREAM_UNAVAILABLE.name(),
                    EngineReasons.UPSTREAM_ERROR.name(),
                    EngineReasons.UPSTREAM_MISCONFIGURED.name());

    private record Facts(Set<Capability> capabilities, OptionalInt contextLength, String owner) {}

    private final ChildSettings settings;
    private final Supervisor supervisor;
    private volatile Facts facts =
            new Facts(
                    Set.of(
                            Capability.CAPABILITY_CHAT,
                            Capability.CAPABILITY_COMPLETION,
                            Capability.CAPABILITY_TOKENIZE),
                    OptionalInt.empty(),
                    "tandem");

    private ChildEngine(ChildSettings settings, Supervisor supervisor) {
        this.settings = settings;
        this.supervisor = supervisor;
    }

    /** Starts the child; does not wait until it can answer. */
    public static ChildEngine start(ChildSettings settings) {
        return new ChildEngine(settings, Supervisor.start(settings));
    }

    /** The number of the child's process now; empty where none runs. */
    public Optional<Long> pid() {
        return supervisor.pid();
    }

    @FunctionalInterface
    private interface Work<T> {
        T by(TandemEngine engine) throws InterruptedException;
    }

    private <T> T ask(Work<T> work) throws InterruptedException {
        TandemEngine engine = supervisor.engine().filter(Engine::ready).orElseThrow(this::loading);
        try {
            return work.by(engine);
        } catch (ApiException e) {
            throw AWAY.contains(e.error().reason()) ? brokenOff() : e;
        }
    }

    private ApiException loading() {
        if (supervisor.isClosed()) {
            return brokenOff();
        }
        boolean before = supervisor.ended() || supervisor.engine().isPresent();
        String what =
                before
                        ? "The process of this model ended and is being started again; try again in a"
                                + " moment."
                        : "The model is still being loaded; try again in a moment.";
        return ApiError.of(EngineReasons.MODEL_LOADING, what)
                .retryAfter(supervisor.retryAfter())
                .toException();
    }

    private ApiException brokenOff() {
        return ApiError.of(
                        EngineReasons.ENGINE_FAILED,
                        supervisor.isClosed()
                                ? "This model is being taken out of service; send the request again."
                                : "The process of this model broke off; it is being started again."
                                        + " Send the request again.")
                .toException();
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        ChatRequest own = request.toBuilder().setModel(ParentProcess.MODEL).build();
        Object _ =
                ask(engine -> {
                    engine.chat(own, envelope, sink, call);
                    return engine;
                });
    }

    @Override
    public void complete(
            CompletionRequest request,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Call call)
            throws InterruptedException {
        CompletionRequest own = request.toBuilder().setModel(ParentProcess.MODEL).build();
        Object _ =
                ask(engine -> {
                    engine.complete(own, envelope, sink, call);
                    return engine;
                });
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        EmbeddingRequest own = request.toBuilder().setModel(ParentProcess.MODEL).build();
        return ask(engine -> engine.embed(own, call));
    }

    @Override
    public Relevance rerank(RerankRequest request, Call call) throws InterruptedException {
        RerankRequest own = request.toBuilder().setModel(ParentProcess.MODEL).build();
        return ask(engine -> engine.rerank(own, call));
    }

    @Override
    public Tokens tokenize(TokenizeRequest request, Call call) throws InterruptedException {
        TokenizeRequest own = request.toBuilder().setModel(ParentProcess.MODEL).build();
        return ask(engine -> engine.tokenize(own, call));
    }

    @Override
    public String detokenize(DetokenizeRequest request, Call call) throws InterruptedException {
        DetokenizeRequest own = request.toBuilder().setModel(ParentProcess.MODEL).build();
        return ask(engine -> engine.detokenize(own, call));
    }

    /** What the child says of its model, or said when it was last there. */
    private Facts facts() {
        supervisor
                .engine()
                .ifPresent(engine ->
                        facts =
                                new Facts(
                                        engine.capabilities(),
                                        engine.contextLength(),
                                        engine.owner()));
        return facts;
    }

    @Override
    public Set<Capability> capabilities() {
        return facts().capabilities();
    }

    @Override
    public OptionalInt contextLength() {
        return facts().contextLength();
    }

    @Override
    public String owner() {
        return facts().owner();
    }

    @Override
    public String kind() {
        return settings.kind();
    }

    @Override
    public boolean ready() {
        return supervisor.engine().map(Engine::ready).orElse(false);
    }

    /** Ends the child, and running calls with it; returns when it has ended. */
    @Override
    public void close() {
        supervisor.close();
    }
}
