package dev.tandem.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.DetokenizeResponse;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.ExtractedItem;
import dev.tandem.v1.Extraction;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.GetModelRequest;
import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import dev.tandem.v1.PartialExtraction;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankResponse;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.TokenizeResponse;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;

/**
 * Calls a Tandem server. The methods wait for their answers; streams wait where they are read.
 * Every failure is a {@link TandemException}; interrupting a waiting thread ends its call.
 *
 * <p>One client holds one connection for any number of calls at once. For all threads.
 */
public final class TandemClient implements AutoCloseable {
    private final Connection connection;
    private final CallSettings settings;

    TandemClient(Connection connection, CallSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /**
     * A client of the server at this address.
     *
     * @param address host and port, {@code "127.0.0.1:8080"}, or any target that gRPC resolves
     */
    public static TandemClientBuilder builder(String address) {
        return new TandemClientBuilder(address);
    }

    /**
     * The same client for calls that may take so long, all their tries and all of a stream
     * together; then they end with DEADLINE_EXCEEDED. It shares the connection, and need not be
     * closed.
     */
    public TandemClient withTimeout(Duration limit) {
        return new TandemClient(connection, settings.withTimeout(limit));
    }

    /**
     * The same client for calls with one more header, {@code x-request-id} for example. It shares
     * the connection, and need not be closed.
     */
    public TandemClient withHeader(String name, String value) {
        return new TandemClient(connection, settings.withHeader(name, value));
    }

    /** Answers a conversation. */
    public ChatCompletion chat(ChatRequest request) {
        return call(ChatServiceGrpc.getCompleteMethod(), request);
    }

    /** Answers a conversation token by token. */
    public ChatStream stream(ChatRequest request) {
        return new ChatStream(stream(ChatServiceGrpc.getStreamMethod(), request));
    }

    /** Continues texts. */
    public TextCompletion complete(CompletionRequest request) {
        return call(CompletionServiceGrpc.getCompleteMethod(), request);
    }

    /** Continues texts token by token. */
    public MessageStream<TextCompletion> stream(CompletionRequest request) {
        return stream(CompletionServiceGrpc.getStreamMethod(), request);
    }

    /** Reads an object out of a text; {@link Extraction#getValue} is it, as JSON. */
    public Extraction extract(ExtractRequest request) {
        return call(ExtractionServiceGrpc.getExtractMethod(), request);
    }

    /**
     * Reads a message out of a text.
     *
     * @param request without {@code schema}, {@code message_type} and {@code binary}: they follow
     *     from the type
     * @param type any message of the type, {@code Person.getDefaultInstance()}; the server must
     *     know it by its full name
     */
    public <T extends Message> T extract(ExtractRequest request, T type) {
        return parsed(type, extract(typed(request, type)).getMessage());
    }

    /** Reads a list out of a text, item by item, each as JSON. */
    public ItemStream<String> extractItems(ExtractRequest request) {
        return new ItemStream<>(
                stream(ExtractionServiceGrpc.getExtractItemsMethod(), request),
                ExtractedItem::getValue);
    }

    /** Reads a list of messages out of a text, item by item; the parameters as those of extract. */
    public <T extends Message> ItemStream<T> extractItems(ExtractRequest request, T type) {
        return new ItemStream<>(
                stream(ExtractionServiceGrpc.getExtractItemsMethod(), typed(request, type)),
                item -> parsed(type, item.getMessage()));
    }

    /** Reads an object out of a text and shows it while it grows; only the last one is complete. */
    public MessageStream<PartialExtraction> extractPartial(ExtractRequest request) {
        return stream(ExtractionServiceGrpc.getExtractPartialMethod(), request);
    }

    private static ExtractRequest typed(ExtractRequest request, Message type) {
        return request.toBuilder()
                .setMessageType(type.getDescriptorForType().getFullName())
                .setBinary(true)
                .build();
    }

    @SuppressWarnings("unchecked") // a type's parser makes messages of the type
    private static <T extends Message> T parsed(T type, ByteString bytes) {
        try {
            return (T) type.getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw TandemException.ours(
                    Status.Code.INTERNAL,
                    "The server sent no " + type.getDescriptorForType().getFullName() + ".",
                    e);
        }
    }

    /** Turns texts into vectors. */
    public EmbeddingResponse embed(EmbeddingRequest request) {
        return call(EmbeddingServiceGrpc.getEmbedMethod(), request);
    }

    /** Orders documents by relevance. */
    public RerankResponse rerank(RerankRequest request) {
        return call(RerankServiceGrpc.getRerankMethod(), request);
    }

    /** Splits a text or a conversation into tokens. */
    public TokenizeResponse tokenize(TokenizeRequest request) {
        return call(TokenServiceGrpc.getTokenizeMethod(), request);
    }

    /** Joins tokens to a text. */
    public DetokenizeResponse detokenize(DetokenizeRequest request) {
        return call(TokenServiceGrpc.getDetokenizeMethod(), request);
    }

    /** The models that the caller may use. */
    public List<Model> models() {
        return call(ModelServiceGrpc.getListModelsMethod(), ListModelsRequest.getDefaultInstance())
                .getDataList();
    }

    /** One model, by its name. */
    public Model model(String name) {
        return call(
                ModelServiceGrpc.getGetModelMethod(),
                GetModelRequest.newBuilder().setModel(name).build());
    }

    /**
     * Calls any method with one answer, of any service of the server, as this client's own are
     * called.
     *
     * @param method as the generated code has it: {@code HealthGrpc.getCheckMethod()}
     */
    public <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
        return stream(method, request).only();
    }

    /** Calls any method that answers with a stream, as {@link #call} does. */
    public <Q, A> MessageStream<A> stream(MethodDescriptor<Q, A> method, Q request) {
        return MessageStream.open(connection, settings, method, request);
    }

    /**
     * Ends the connection and all calls, those of clients that share it too. They and later ones
     * fail with CANCELLED.
     */
    @Override
    public void close() {
        connection.close();
    }
}
