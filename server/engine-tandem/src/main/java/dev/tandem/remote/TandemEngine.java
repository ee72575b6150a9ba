package dev.tandem.remote;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.EncodingFormat;
import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.StreamOptions;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.TokenizeResponse;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model of another Tandem. Requests go there as they are, extras and unknown fields too: that
 * server refuses what its engine does not know. Answers come as they are, under this server's
 * envelope.
 */
public final class TandemEngine implements Engine {
    private final TandemConnection connection;
    private final ModelFacts facts;
    private final RemoteErrors errors;
    private final Asking asking;

    /**
     * @param connection is shared, and not closed here
     * @param model that server's name of the model, whose facts are told here; which model answers
     *     is said by each request
     */
    public TandemEngine(TandemConnection connection, String model) {
        this.connection = connection;
        facts = new ModelFacts(connection, model);
        errors = new RemoteErrors(connection.settings().place(), connection.settings().key());
        asking = new Asking(connection, errors);
    }

    /** What that server says of its model; everything until it has said so. */
    @Override
    public Set<Capability> capabilities() {
        return facts.now().capabilities();
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        ChatRequest own =
                request.toBuilder().setStreamOptions(withUsage(request.getStreamOptions())).build();
        asking.stream(
                ChatServiceGrpc.getStreamMethod(),
                own,
                chunk ->
                        sink.send(
                                chunk.toBuilder()
                                        .setId(envelope.getId())
                                        .setCreated(envelope.getCreated())
                                        .setModel(envelope.getModel())
                                        .build()),
                call);
    }

    @Override
    public void complete(
            CompletionRequest request,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Call call)
            throws InterruptedException {
        CompletionRequest own =
                request.toBuilder().setStreamOptions(withUsage(request.getStreamOptions())).build();
        asking.stream(
                CompletionServiceGrpc.getStreamMethod(),
                own,
                text ->
                        sink.send(
                                text.toBuilder()
                                        .setId(envelope.getId())
                                        .setCreated(envelope.getCreated())
                                        .setModel(envelope.getModel())
                                        .build()),
                call);
    }

    private static StreamOptions withUsage(StreamOptions asked) {
        return asked.toBuilder().setIncludeUsage(true).build();
    }

    /** Vectors travel as bytes, whatever the caller wants to see. */
    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        EmbeddingRequest own =
                request.toBuilder()
                        .setEncodingFormat(EncodingFormat.ENCODING_FORMAT_BASE64)
                        .build();
        EmbeddingResponse answer = asking.whole(EmbeddingServiceGrpc.getEmbedMethod(), own, call);
        return Numbered.vectors(answer, request.getInputCount(), errors);
    }

    @Override
    public Relevance rerank(RerankRequest request, Call call) throws InterruptedException {
        RerankRequest own = request.toBuilder().clearTopN().setReturnDocuments(false).build();
        return Numbered.scores(
                asking.whole(RerankServiceGrpc.getRerankMethod(), own, call),
                request.getDocumentsCount(),
                errors);
    }

    @Override
    public Tokens tokenize(TokenizeRequest request, Call call) throws InterruptedException {
        TokenizeResponse answer = asking.whole(TokenServiceGrpc.getTokenizeMethod(), request, call);
        return new Tokens(answer.getTokensList(), answer.getTokenStrsList());
    }

    @Override
    public String detokenize(DetokenizeRequest request, Call call) throws InterruptedException {
        return asking.whole(TokenServiceGrpc.getDetokenizeMethod(), request, call).getPrompt();
    }

    /** The models that the server lets this one use, by its own names. */
    public List<Model> models(Call call) throws InterruptedException {
        return asking.whole(
                        ModelServiceGrpc.getListModelsMethod(),
                        ListModelsRequest.getDefaultInstance(),
                        call)
                .getDataList();
    }

    @Override
    public OptionalInt contextLength() {
        return facts.now().contextLength();
    }

    @Override
    public String owner() {
        return facts.now().owner();
    }

    @Override
    public String kind() {
        return "tandem";
    }

    /** While the server says that it is well, and has the model. */
    @Override
    public boolean ready() {
        return !asking.closed() && connection.reachable() && !facts.now().missing();
    }

    @Override
    public void close() {
        asking.close();
    }
}
