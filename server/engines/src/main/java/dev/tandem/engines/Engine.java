package dev.tandem.engines;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.util.OptionalInt;

/**
 * Something that answers chat requests: a model in this process or a server elsewhere. The request
 * has passed the contract's rules; what the engine itself cannot do it refuses before its first
 * chunk.
 *
 * <p>Used by many threads at once, each a virtual thread of one call.
 */
public interface Engine extends AutoCloseable {
    /**
     * Answers in chunks, sent from the calling thread: each choice begins with a chunk that carries
     * the role and ends with one that carries the finish reason; the last chunk of all has no
     * choices and carries the usage, whether the caller asked for it or not. A call whose client
     * left ends the engine's work within 250 ms; an engine that knows what it took until then sends
     * the usage even so: sending throws, but it is counted.
     *
     * @param request what to answer; its model is the engine's own name for it
     * @param envelope id, time and model of the answer, set in every chunk
     * @throws dev.tandem.runtime.call.ApiException what went wrong: {@code
     *     context_length_exceeded}, {@code unsupported_value}, {@code overloaded}, {@code
     *     upstream_error}, …
     * @throws dev.tandem.runtime.call.CancelledException when the call is over
     * @throws InterruptedException when the call is over
     */
    void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException;

    /** The most tokens of prompt and answer together; empty where it is not known. */
    OptionalInt contextLength();

    /** Who made or runs the model, for the list of models. */
    String owner();

    /** Can it answer now? */
    boolean ready();

    /** Ends running answers and frees what the engine holds. */
    @Override
    void close();
}
