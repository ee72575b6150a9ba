package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.onnx.MiniLm;
import dev.tandem.onnx.MiniLmEngine;
import dev.tandem.onnx.MiniLmOptions;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.Embedding;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.EncodingFormat;
import dev.tandem.v1.RerankDocument;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.TokenIds;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.TokenizeResponse;
import io.grpc.MethodDescriptor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The embedding model behind every wire that carries whole answers. */
class RealEmbeddingTest {
    private static Models models;
    private static TestServer server;

    @BeforeAll
    static void serve() {
        Path library = Path.of("target", "onnxruntime").toAbsolutePath();
        MiniLmEngine engine = new MiniLmEngine(new MiniLmOptions(library, 2, 1, 8));
        models =
                new Models(
                        List.of(new ServedModel(MiniLm.NAME, engine, "own", Instant.EPOCH)),
                        Map.of());
        server =
                TestServer.of(
                        new Gateway(GatewaySettings.ofLoopback(), models, (call, took) -> {})
                                .start());
    }

    @AfterAll
    static void stop() {
        server.close();
        models.close();
    }

    private static <Q extends Message, A extends Message> Reply<A> call(
            Wire wire, MethodDescriptor<Q, A> method, Q request) {
        return server.call(wire, method, request);
    }

    private static EmbeddingRequest.Builder texts(String... texts) {
        EmbeddingRequest.Builder request = EmbeddingRequest.newBuilder().setModel(MiniLm.NAME);
        for (String text : texts) {
            request.addInput(EmbeddingInput.newBuilder().setText(text));
        }
        return request;
    }

    private static EmbeddingResponse embed(Wire wire, EmbeddingRequest.Builder request) {
        return call(wire, EmbeddingServiceGrpc.getEmbedMethod(), request.build()).message();
    }

    private static double similarity(Embedding one, Embedding other) {
        List<Float> a = one.getEmbedding().getFloatsList();
        List<Float> b = other.getEmbedding().getFloatsList();
        return IntStream.range(0, 384).mapToDouble(i -> a.get(i) * (double) b.get(i)).sum();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void textsThatMeanTheSameHaveVectorsThatPointTheSameWay(Wire wire) {
        EmbeddingResponse answer = embed(wire, texts("a cat", "a kitten", "a car", "👍🏽"));

        assertThat(answer.getModel()).isEqualTo(MiniLm.NAME);
        assertThat(answer.getDataList()).hasSize(4);
        assertThat(answer.getUsage().getPromptTokens()).isEqualTo(4 + 4 + 4 + 3);
        assertThat(similarity(answer.getData(0), answer.getData(1)))
                .isGreaterThan(similarity(answer.getData(0), answer.getData(2)) + 0.2);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void packedVectorsAreTheSameNumbers(Wire wire) {
        Embedding floats = embed(wire, texts("a cat")).getData(0);
        Embedding packed =
                embed(wire, texts("a cat").setEncodingFormat(EncodingFormat.ENCODING_FORMAT_BASE64))
                        .getData(0);

        FloatBuffer numbers =
                packed.getEmbedding()
                        .getPacked()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        assertThat(numbers.remaining()).isEqualTo(384);
        for (int i = 0; i < 384; i++) {
            assertThat(numbers.get(i)).isEqualTo(floats.getEmbedding().getFloats(i));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void aTokenOutsideTheVocabularyIsNamedByItsPlace(Wire wire) {
        EmbeddingRequest.Builder request =
                texts("a", "b", "c")
                        .addInput(
                                EmbeddingInput.newBuilder()
                                        .setTokens(
                                                TokenIds.newBuilder().addIds(2).addIds(100_000)));

        var error = call(wire, EmbeddingServiceGrpc.getEmbedMethod(), request.build()).error();
        assertThat(error.reason()).isEqualTo("unsupported_value");
        assertThat(error.param()).isEqualTo("input[3][1]");
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void whatTheModelCannotDoIsAClearError(Wire wire) {
        var tooLong =
                call(
                                wire,
                                EmbeddingServiceGrpc.getEmbedMethod(),
                                texts("word ".repeat(600)).build())
                        .error();
        assertThat(tooLong.reason()).isEqualTo("context_length_exceeded");
        assertThat(tooLong.message()).contains("512 tokens").contains("602");

        var shortened =
                call(
                                wire,
                                EmbeddingServiceGrpc.getEmbedMethod(),
                                texts("a").setDimensions(100).build())
                        .error();
        assertThat(shortened.reason()).isEqualTo("unsupported_value");
        assertThat(shortened.param()).isEqualTo("dimensions");
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void documentsAreRanked(Wire wire) {
        RerankRequest request =
                RerankRequest.newBuilder()
                        .setModel(MiniLm.NAME)
                        .setQuery("What is the capital of France?")
                        .addDocuments(RerankDocument.newBuilder().setText("Bananas are yellow."))
                        .addDocuments(RerankDocument.newBuilder().setText("Paris is in France."))
                        .build();

        var answer = call(wire, RerankServiceGrpc.getRerankMethod(), request).message();
        assertThat(answer.getResultsList()).hasSize(2);
        assertThat(answer.getResults(0).getIndex()).isEqualTo(1);
        assertThat(answer.getResults(0).getRelevanceScore())
                .isGreaterThan(answer.getResults(1).getRelevanceScore() + 0.2);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void textsAreSplitAndJoined(Wire wire) {
        TokenizeResponse tokens =
                call(
                                wire,
                                TokenServiceGrpc.getTokenizeMethod(),
                                TokenizeRequest.newBuilder()
                                        .setModel(MiniLm.NAME)
                                        .setPrompt("Embeddings!")
                                        .build())
                        .message();
        assertThat(tokens.getTokensList()).containsExactly(101, 7861, 8270, 4667, 2015, 999, 102);
        assertThat(tokens.getMaxModelLen()).isEqualTo(512);

        DetokenizeRequest back =
                DetokenizeRequest.newBuilder()
                        .setModel(MiniLm.NAME)
                        .addAllTokens(tokens.getTokensList())
                        .build();
        assertThat(call(wire, TokenServiceGrpc.getDetokenizeMethod(), back).message().getPrompt())
                .isEqualTo("[CLS] embeddings! [SEP]");
    }
}
