package dev.tandem.testing;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
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
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An engine that does what a test tells it, and remembers each run. Conversations and continuations
 * play the script; vectors, ranks and tokens are computed from the texts, the same for the same
 * text.
 */
public final class ScriptedEngine implements Engine {
    private static final Set<Capability> ALL =
            Set.of(
                    Capability.CAPABILITY_CHAT,
                    Capability.CAPABILITY_COMPLETION,
                    Capability.CAPABILITY_EMBEDDING,
                    Capability.CAPABILITY_RERANK,
                    Capability.CAPABILITY_TOKENIZE);

    private final Function<ChatRequest, Script> scripts;
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private final Patience patience = new Patience();
    private final AtomicInteger running = new AtomicInteger();
    private volatile Set<Capability> capabilities = ALL;
    private volatile boolean ready = true;
    private volatile boolean closed;

    /** Plays the same script for every call. */
    public ScriptedEngine(Script script) {
        this(request -> script);
    }

    /** Plays a script for each request. */
    public ScriptedEngine(Function<ChatRequest, Script> scripts) {
        this.scripts = scripts;
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Run run = new Run(request, call);
        running.incrementAndGet();
        patience.change(() -> runs.add(run));
        boolean complete = false;
        try {
            ChunkWriter writer = new ChunkWriter(envelope, run.counting(sink));
            new Performance(scripts.apply(request), writer, call).play();
            complete = true;
        } finally {
            run.ended(complete);
            running.decrementAndGet();
        }
    }

    /**
     * Plays the script for a conversation of one message, the prompt's text; {@link Run#request()}
     * tells that conversation.
     */
    @Override
    public void complete(
            CompletionRequest request,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Call call)
            throws InterruptedException {
        ScriptedContinuation continuation = new ScriptedContinuation(request, envelope, sink);
        chat(continuation.conversation(), ChatChunk.getDefaultInstance(), continuation, call);
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) {
        return ScriptedVectors.of(request);
    }

    @Override
    public Relevance rerank(RerankRequest request, Call call) {
        return ScriptedRanks.of(request);
    }

    @Override
    public Tokens tokenize(TokenizeRequest request, Call call) {
        return ByteTokens.split(request);
    }

    @Override
    public String detokenize(DetokenizeRequest request, Call call) {
        return ByteTokens.join(request.getTokensList(), "tokens");
    }

    /** The runs so far, in the order of their begin. */
    public List<Run> runs() {
        return List.copyOf(runs);
    }

    /** How many runs have begun and not ended. */
    public int running() {
        return running.get();
    }

    /** Remembers no run that has begun until now; numbers begin at 0 again. */
    public void forget() {
        patience.change(runs::clear);
    }

    /** The first run, waiting for its begin. */
    public Run awaitRun() {
        return awaitRun(0);
    }

    /** A run by its number from 0, waiting for its begin. */
    public Run awaitRun(int number) {
        patience.await("run " + number + " of the engine", () -> runs.size() > number);
        return runs.get(number);
    }

    /** What {@link #capabilities()} tells from now on; all unless told. */
    public void capabilities(Set<Capability> value) {
        capabilities = Set.copyOf(value);
    }

    /** What {@link #ready()} tells from now on; true unless told. */
    public void ready(boolean value) {
        ready = value;
    }

    @Override
    public boolean ready() {
        return ready && !closed;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public OptionalInt contextLength() {
        return OptionalInt.of(4096);
    }

    @Override
    public String kind() {
        return "scripted";
    }

    @Override
    public String owner() {
        return "test";
    }

    /** Was it closed? */
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
