package dev.tandem.remote;

import com.google.protobuf.UnsafeByteOperations;
import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.DetokenizeResponse;
import dev.tandem.v1.Embedding;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.GetModelRequest;
import dev.tandem.v1.InputUsage;
import dev.tandem.v1.ListModelsResponse;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankResponse;
import dev.tandem.v1.RerankResult;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.TokenizeResponse;
import dev.tandem.v1.Vector;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A server of the contract with one model, {@code own} or {@code default}, that a scripted engine
 * plays.
 */
public final class OtherTandem implements AutoCloseable {
    private final ScriptedEngine engine;
    private final Server server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<ChatChunk> said = UnaryOperator.identity();

    private OtherTandem(ScriptedEngine engine, UnaryOperator<ServerBuilder> more) {
        this.engine = engine;
        server =
                more.apply(
                                Server.builder()
                                        .drainLimit(Duration.ZERO)
                                        .ready(engine::ready)
                                        .service(chat())
                                        .service(completion())
                                        .service(embedding())
                                        .service(rerank())
                                        .service(tokens())
                                        .service(models()))
                        .start();
    }

    /** Serves on a free port of the loopback, to anybody. */
    public static OtherTandem with(ScriptedEngine engine) {
        return new OtherTandem(engine, builder -> builder);
    }

    /** The same with more told to the server. */
    public static OtherTandem with(ScriptedEngine engine, UnaryOperator<ServerBuilder> more) {
        return new OtherTandem(engine, more);
    }

    /** From now on chunks of chats are sent as this makes them. */
    void saying(UnaryOperator<ChatChunk> change) {
        said = change;
    }

    ScriptedEngine engine() {
        return engine;
    }

    /** The server itself. */
    public Server server() {
        return server;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    TandemSettings settings() {
        return TandemSettings.of(address());
    }

    /** The calls of methods so far, with their heads. */
    List<Call> calls() {
        return calls;
    }

    private Service chat() {
        return Service.of(ChatServiceGrpc.getServiceDescriptor())
                .unary(
                        ChatServiceGrpc.getCompleteMethod(),
                        (request, call) -> ChatCompletion.getDefaultInstance())
                .stream(
                        ChatServiceGrpc.getStreamMethod(),
                        (request, sink, call) -> {
                            calls.add(call);
                            engine.chat(
                                    request, theirs(), chunk -> sink.send(said.apply(chunk)), call);
                        })
                .build();
    }

    private static ChatChunk theirs() {
        return ChatChunk.newBuilder().setId("theirs").setCreated(1).setModel("own").build();
    }

    private Service completion() {
        return Service.of(CompletionServiceGrpc.getServiceDescriptor())
                .unary(
                        CompletionServiceGrpc.getCompleteMethod(),
                        (request, call) -> TextCompletion.getDefaultInstance())
                .stream(
                        CompletionServiceGrpc.getStreamMethod(),
                        (request, sink, call) ->
                                engine.complete(
                                        request,
                                        TextCompletion.newBuilder().setId("theirs").build(),
                                        sink,
                                        call))
                .build();
    }

    private Service embedding() {
        return Service.of(EmbeddingServiceGrpc.getServiceDescriptor())
                .unary(EmbeddingServiceGrpc.getEmbedMethod(), this::embed)
                .build();
    }

    /** The last vector first: the index says whose it is. */
    private EmbeddingResponse embed(EmbeddingRequest request, Call call) {
        Embeddings made = engine.embed(request, call);
        EmbeddingResponse.Builder answer =
                EmbeddingResponse.newBuilder()
                        .setUsage(InputUsage.newBuilder().setPromptTokens(made.promptTokens()));
        for (int i = made.vectors().size() - 1; i >= 0; i--) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(made.vectors().get(i).length * Float.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(made.vectors().get(i));
            answer.addData(
                    Embedding.newBuilder()
                            .setIndex(i)
                            .setEmbedding(
                                    Vector.newBuilder()
                                            .setPacked(UnsafeByteOperations.unsafeWrap(bytes))));
        }
        return answer.build();
    }

    private Service rerank() {
        return Service.of(RerankServiceGrpc.getServiceDescriptor())
                .unary(RerankServiceGrpc.getRerankMethod(), this::rank)
                .build();
    }

    private RerankResponse rank(RerankRequest request, Call call) {
        Relevance found = engine.rerank(request, call);
        RerankResponse.Builder answer =
                RerankResponse.newBuilder()
                        .setUsage(InputUsage.newBuilder().setPromptTokens(found.promptTokens()));
        for (int i = found.scores().size() - 1; i >= 0; i--) {
            answer.addResults(
                    RerankResult.newBuilder().setIndex(i).setRelevanceScore(found.scores().get(i)));
        }
        return answer.build();
    }

    private Service tokens() {
        return Service.of(TokenServiceGrpc.getServiceDescriptor())
                .unary(TokenServiceGrpc.getTokenizeMethod(), this::split)
                .unary(
                        TokenServiceGrpc.getDetokenizeMethod(),
                        (request, call) ->
                                DetokenizeResponse.newBuilder()
                                        .setPrompt(engine.detokenize(request, call))
                                        .build())
                .build();
    }

    private TokenizeResponse split(TokenizeRequest request, Call call) {
        Tokens tokens = engine.tokenize(request, call);
        return TokenizeResponse.newBuilder()
                .setCount(tokens.ids().size())
                .addAllTokens(tokens.ids())
                .addAllTokenStrs(tokens.texts())
                .build();
    }

    private Service models() {
        return Service.of(ModelServiceGrpc.getServiceDescriptor())
                .unary(
                        ModelServiceGrpc.getListModelsMethod(),
                        (request, call) -> ListModelsResponse.newBuilder().addData(own()).build())
                .unary(ModelServiceGrpc.getGetModelMethod(), this::find)
                .build();
    }

    private Model find(GetModelRequest request, Call call) {
        if (!List.of("own", "default").contains(request.getModel())) {
            throw ApiError.ofParam(EngineReasons.MODEL_NOT_FOUND, "model", "There is none.")
                    .toException();
        }
        return own();
    }

    private Model own() {
        Model.Builder model =
                Model.newBuilder()
                        .setId("own")
                        .setOwnedBy(engine.owner())
                        .addAllCapabilities(engine.capabilities());
        engine.contextLength().ifPresent(model::setContextLength);
        return model.build();
    }

    /** Waits until the engine may be used. */
    static <E extends Engine> E awaitReady(E asked) {
        Until.holds("the engine is ready", asked::ready);
        return asked;
    }

    @Override
    public void close() {
        server.close();
    }
}
