package dev.tandem.gateway.cli;

import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands in for an engine that is still being loaded, and for that engine afterwards. */
final class LoadingEngine implements Engine {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final AtomicReference<@Nullable Engine> loaded = new AtomicReference<>();

    /** From now on the engine answers; it is closed with this one. */
    void become(Engine engine) {
        loaded.set(engine);
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Engine engine = loaded.get();
        if (engine == null) {
            throw ApiError.of(
                            EngineReasons.MODEL_LOADING,
                            "The model is still being loaded; GET /ready answers 200 when it is there.")
                    .retryAfter(TRY_AGAIN)
                    .toException();
        }
        engine.chat(request, envelope, sink, call);
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
