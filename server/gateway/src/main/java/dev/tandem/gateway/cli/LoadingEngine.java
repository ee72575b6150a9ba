package dev.tandem.gateway.cli;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
import dev.tandem.runtime.call.ApiError;
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
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands in for an engine that is still being loaded, and for that engine afterwards. */
final class LoadingEngine implements Engine {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /** What most model files can do, for as long as this one is not looked into. */
    private static final Set<Capability> EXPECTED =
            Set.of(
                    Capability.CAPABILITY_CHAT,
                    Capability.CAPABILITY_COMPLETION,
                    Capability.CAPABILITY_TOKENIZE);

    private final AtomicReference<@Nullable Engine> loaded = new AtomicReference<>();

    /** From now on the engine answers; it is closed with this one. */
    void become(Engine engine) {
        loaded.set(engine);
    }

    private Engine engine() {
        Engine engine = loaded.get();
        if (engine == null) {
            throw ApiError.of(
                            EngineReasons.MODEL_LOADING,
                            "The model is still being loaded; GET /ready answers 200 when it is there.")
                    .retryAfter(TRY_AGAIN)
                    .toException();
        }
        return engine;
    }

    @Override
    public Set<Capability> capabilities() {
        Engine engine = loaded.get();
        return engine == null ? EXPECTED : engine.capabilities();
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        engine().chat(request, envelope, sink, call);
    }

    @Override
    public void complete(
            CompletionRequest request,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Call call)
            throws InterruptedException {
        engine().complete(request, envelope, sink, call);
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        return engine().embed(request, call);
    }

    @Override
    public Relevance rerank(RerankRequest request, Call call) throws InterruptedException {
        return engine().rerank(request, call);
    }

    @Override
    public Tokens tokenize(TokenizeRequest request, Call call) throws InterruptedException {
        return engine().tokenize(request, call);
    }

    @Override
    public String detokenize(DetokenizeRequest request, Call call) throws InterruptedException {
        return engine().detokenize(request, call);
    }

    @Override
    public OptionalInt contextLength() {
        Engine engine = loaded.get();
        return engine == null ? OptionalInt.empty() : engine.contextLength();
    }

    @Override
    public String owner() {
        Engine engine = loaded.get();
        return engine == null ? "tandem" : engine.owner();
    }

    @Override
    public String kind() {
        Engine engine = loaded.get();
        return engine == null ? "loading" : engine.kind();
    }

    @Override
    public boolean ready() {
        Engine engine = loaded.get();
        return engine != null && engine.ready();
    }

    @Override
    public void close() {
        Engine engine = loaded.getAndSet(null);
        if (engine != null) {
            engine.close();
        }
    }
}
