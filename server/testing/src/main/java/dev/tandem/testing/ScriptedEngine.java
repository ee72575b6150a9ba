package dev.tandem.testing;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.engines.Engine;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An engine that does what a test tells it, and remembers each run. */
public final class ScriptedEngine implements Engine {
    private final Function<ChatRequest, Script> scripts;
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private final Patience patience = new Patience();
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
        patience.change(() -> runs.add(run));
        boolean complete = false;
        try {
            ChunkWriter writer = new ChunkWriter(envelope, run.counting(sink));
            new Performance(scripts.apply(request), writer, call).play();
            complete = true;
        } finally {
            run.ended(complete);
        }
    }

    /** The runs so far, in the order of their begin. */
    public List<Run> runs() {
        return List.copyOf(runs);
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

    /** What {@link #ready()} tells from now on; true unless told. */
    public void ready(boolean value) {
        ready = value;
    }

    @Override
    public boolean ready() {
        return ready && !closed;
    }

    @Override
    public OptionalInt contextLength() {
        return OptionalInt.of(4096);
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
