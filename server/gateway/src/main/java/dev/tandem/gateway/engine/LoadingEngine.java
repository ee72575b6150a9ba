package dev.tandem.gateway.engine;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.ModelHost;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for an engine that is still being loaded, for that engine afterwards, and while an
 * operator has taken it out of memory.
 */
public final class LoadingEngine implements Engine {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /** What most model files can do, for as long as this one is not looked into. */
    private static final Set<Capability> EXPECTED =
            Set.of(
                    Capability.CAPABILITY_CHAT,
                    Capability.CAPABILITY_COMPLETION,
                    Capability.CAPABILITY_TOKENIZE);

    /** What is told of the model, also while it is not in memory. */
    private record Facts(
            Set<Capability> capabilities, OptionalInt contextLength, String owner, String kind) {
        static Facts of(Engine engine) {
            return new Facts(
                    engine.capabilities(), engine.contextLength(), engine.owner(), engine.kind());
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T by(Engine engine) throws InterruptedException;
    }

    private final AtomicReference<@Nullable Engine> loaded = new AtomicReference<>();
    private volatile Optional<ModelHost> host = Optional.empty();
    private volatile Facts before = new Facts(EXPECTED, OptionalInt.empty(), "tandem", "loading");
    private volatile boolean failed;
    private volatile boolean left;
    private volatile boolean closed;

    /** Not loaded, and to be loaded. */
    public LoadingEngine() {}

    /** Lets operators do this with its models. */
    void hosted(ModelHost keeper) {
        host = Optional.of(keeper);
    }

    /** From now on the engine answers; it is closed with this one, at once where that is. */
    public void become(Engine engine) {
        failed = false;
        left = false;
        loaded.set(engine);
        if (closed) {
            close();
        }
    }

    /** There will be no engine until the next start, load, or change of the settings. */
    public void fail() {
        failed = true;
    }

    /** Closes the engine, whoever uses it; until there is another, calls are told so. */
    void leave() {
        Engine engine = loaded.get();
        if (engine != null) {
            before = Facts.of(engine);
            left = true;
            if (loaded.compareAndSet(engine, null)) {
                engine.close();
            }
        }
    }

    /** Is there an engine? */
    boolean loaded() {
        return loaded.get() != null;
    }

    private <T> T ask(Work<T> work) throws InterruptedException {
        Engine engine = engine();
        try {
            return work.by(engine);
        } catch (ApiException e) {
            boolean brokenOff = left && !engine.equals(loaded.get());
            throw brokenOff && e.error().code() != Code.INVALID_REQUEST ? away() : e;
        }
    }

    private Engine engine() {
        Engine engine = loaded.get();
        if (engine == null && failed) {
            throw ApiError.of(
                            EngineReasons.UPSTREAM_MISCONFIGURED,
                            "The model could not be loaded; tell the server's operator: the log says"
                                    + " why.")
                    .toException();
        }
        if (engine == null && left) {
            throw away();
        }
        if (engine == null) {
            throw ApiError.of(
                            EngineReasons.MODEL_LOADING,
                            "The model is still being loaded; GET /ready answers 200 when it is there.")
                    .retryAfter(TRY_AGAIN)
                    .toException();
        }
        return engine;
    }

    /** For those whose model was taken out of memory. */
    static ApiException away() {
        return ApiError.of(
                        EngineReasons.MODEL_LOADING,
                        "The server's operator took the model out of memory; it answers again when it"
                                + " is loaded again.")
                .toException();
    }

    private Facts facts() {
        Engine engine = loaded.get();
        return engine == null ? before : Facts.of(engine);
    }

    @Override
    public Set<Capability> capabilities() {
        return facts().capabilities();
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Object _ =
                ask(engine -> {
                    engine.chat(request, envelope, sink, call);
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
        Object _ =
                ask(engine -> {
                    engine.complete(request, envelope, sink, call);
                    return engine;
                });
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        return ask(engine -> engine.embed(request, call));
    }

    @Override
    public Relevance rerank(RerankRequest request, Call call) throws InterruptedException {
        return ask(engine -> engine.rerank(request, call));
    }

    @Override
    public Tokens tokenize(TokenizeRequest request, Call call) throws InterruptedException {
        return ask(engine -> engine.tokenize(request, call));
    }

    @Override
    public String detokenize(DetokenizeRequest request, Call call) throws InterruptedException {
        return ask(engine -> engine.detokenize(request, call));
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
        return facts().kind();
    }

    @Override
    public Optional<ModelHost> host() {
        return host;
    }

    @Override
    public boolean ready() {
        Engine engine = loaded.get();
        return engine != null && engine.ready();
    }

    @Override
    public void close() {
        closed = true;
        Engine engine = loaded.getAndSet(null);
        if (engine != null) {
            engine.close();
        }
    }
}
