package dev.tandem.engines;

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
 * Something that answers requests for one model: the model in this process or a server elsewhere.
 *
 * <p>An engine does what its {@link #capabilities} name, and implements the methods that belong to
 * them; no other is ever called. A request has passed the contract's rules and names the model by
 * the engine's own name for it. What the engine cannot do of it, it refuses before its first
 * message with {@link Refusal#unsupportedValue} and the field's name: no field is ignored that
 * would change the answer, and no {@code extra} whose name it does not know.
 *
 * <p>Used by many threads at once, each a virtual thread of one call. Every method may throw
 *
 * <ul>
 *   <li>{@link dev.tandem.runtime.call.ApiException}: what went wrong, {@code
 *       context_length_exceeded}, {@code unsupported_value}, {@code overloaded}, {@code
 *       upstream_error}, …
 *   <li>{@link dev.tandem.runtime.call.CancelledException} and {@link InterruptedException}: the
 *       call is over. The engine's work for it ends within 250 ms.
 * </ul>
 */
public interface Engine extends AutoCloseable {
    /** What it can do. Asked for each request: must be cheap. */
    Set<Capability> capabilities();

    /**
     * Capability CHAT: answers in chunks, sent from the calling thread. Each choice begins with a
     * chunk that carries the role and ends with one that carries the finish reason; the last chunk
     * of all has no choices and carries the usage, whether the caller asked for it or not. An
     * engine that knows what it took until a call was cancelled sends the usage even so: sending
     * throws, but it is counted.
     *
     * @param envelope id, time and model of the answer, set in every chunk
     */
    default void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        throw Refusal.notCapable(Capability.CAPABILITY_CHAT);
    }

    /**
     * Capability COMPLETION: continues the request's prompt, of which there is exactly one, sent
     * from the calling thread. Each choice's texts are to be appended; its last message carries the
     * finish reason. With {@code echo} a choice's first texts are the prompt's. With {@code
     * logprobs} the entries are those of the tokens in the message's text, and {@code text_offset}
     * counts from the begin of the choice's text. The last message of all has no choices and
     * carries the usage, as with {@link #chat}.
     *
     * @param envelope id, time and model of the answer, set in every message
     */
    default void complete(
            CompletionRequest request,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Call call)
            throws InterruptedException {
        throw Refusal.notCapable(Capability.CAPABILITY_COMPLETION);
    }

    /**
     * Capability EMBEDDING: turns each input into a vector, in the inputs' order; 1 to 2,048
     * inputs.
     *
     * <p>Vectors are of the length that {@code dimensions} asks for, or the model's own where it is
     * not set; a length that the model cannot give is refused with param {@code dimensions}. They
     * are finite, and of Euclidean length 1 where the model is one whose vectors are compared by
     * their angle. The same input always has the same vector, whatever is beside it in the request.
     * Token lists stand without the model's own begin and end tokens, which the engine adds as it
     * does to texts; a token outside the vocabulary is refused with param {@code input[i]}. An
     * input longer than the model's context is {@code context_length_exceeded} with param {@code
     * input[i]}, never cut. All inputs are checked before the first is computed. {@code
     * encoding_format} and {@code user} are not the engine's concern.
     */
    default Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        throw Refusal.notCapable(Capability.CAPABILITY_EMBEDDING);
    }

    /**
     * Capability RERANK: tells how well each document answers the query, in the documents' order.
     * Sorting, {@code top_n} and {@code return_documents} are not the engine's concern. A query and
     * document that are together longer than the model's context are {@code
     * context_length_exceeded} with param {@code documents[i]}, never cut.
     */
    default Relevance rerank(RerankRequest request, Call call) throws InterruptedException {
        throw Refusal.notCapable(Capability.CAPABILITY_RERANK);
    }

    /**
     * Capability TOKENIZE: splits the text, or the conversation by the model's chat template, into
     * tokens. The names of control tokens in what callers wrote are text.
     */
    default Tokens tokenize(TokenizeRequest request, Call call) throws InterruptedException {
        throw Refusal.notCapable(Capability.CAPABILITY_TOKENIZE);
    }

    /**
     * Capability TOKENIZE: joins tokens to a text, control tokens by their names. A token outside
     * the vocabulary is refused with param {@code tokens[i]}.
     */
    default String detokenize(DetokenizeRequest request, Call call) throws InterruptedException {
        throw Refusal.notCapable(Capability.CAPABILITY_TOKENIZE);
    }

    /** The most tokens of prompt and answer together; empty where it is not known. */
    OptionalInt contextLength();

    /** Who made or runs the model, for the list of models. */
    String owner();

    /**
     * What kind of engine it is, for metrics, traces and the log: {@code llama.cpp}, or the
     * provider's name in OpenTelemetry's conventions for generative AI. One of few.
     */
    default String kind() {
        return "custom";
    }

    /** What an operator can do with the models that it keeps; empty where it lets nobody. */
    default Optional<ModelHost> host() {
        return Optional.empty();
    }

    /** Can it answer now? */
    boolean ready();

    /** Ends running answers and frees what the engine holds. */
    @Override
    void close();
}
