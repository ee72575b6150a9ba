package dev.tandem.bench.wire;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.engines.Engine;
import dev.tandem.engines.TokenLimit;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stands for a model: as many tokens as are asked for, each made in no time. */
final class BenchEngine implements Engine {
    /** Its model. */
    static final String MODEL = "bench-model";

    private static final Set<Capability> CHAT = Set.of(Capability.CAPABILITY_CHAT);
    private static final int PROMPT_TOKENS = 12;

    private final long nanos;

    /**
     * @param millis how long it seems to think before an answer
     */
    BenchEngine(int millis) {
        nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call) {
        think(call);
        ChunkWriter writer = new ChunkWriter(envelope, sink);
        Tokens tokens = new Tokens(envelope);
        int count = TokenLimit.of(request).orElse(1);
        writer.begin(0);
        for (int i = 0; i < count; i++) {
            sink.send(tokens.next(0));
        }
        writer.finish(0, "length");
        writer.usage(PROMPT_TOKENS, count);
    }

    private void think(Call call) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            call.check();
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return CHAT;
    }

    @Override
    public OptionalInt contextLength() {
        return OptionalInt.empty();
    }

    @Override
    public String owner() {
        return "bench";
    }

    @Override
    public String kind() {
        return "bench";
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void close() {}
}
