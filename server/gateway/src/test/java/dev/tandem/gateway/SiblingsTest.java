package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tandem.gateway.service.Spent;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.Embedding;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.EncodingFormat;
import dev.tandem.v1.RerankDocument;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankResponse;
import dev.tandem.v1.RerankResult;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.TokenIds;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.TokenizeResponse;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Embeddings, rerank and tokens by every wire that gives whole answers. */
class SiblingsTest {
    private static Fixture gateway;

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.empty());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.spent.clear();
    }

    private static EmbeddingRequest.Builder embed(String... texts) {
        EmbeddingRequest.Builder request = EmbeddingRequest.newBuilder().setModel("tiny");
        for (String text : texts) {
            request.addInput(EmbeddingInput.newBuilder().setText(text));
        }
        return request;
    }

    private static Reply<EmbeddingResponse> call(Wire wire, EmbeddingRequest.Builder request) {
        return gateway.server.call(wire, EmbeddingServiceGrpc.getEmbedMethod(), request.build());
    }

    private static float[] floats(Embedding embedding) {
        float[] floats = new float[embedding.getEmbedding().getFloatsCount()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = embedding.getEmbedding().getFloats(i);
        }
        return floats;
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void everyInputHasItsVectorInOrder(Wire wire) throws InterruptedException {
        EmbeddingResponse answer = call(wire, embed("one", "two", "one")).message();

        assertThat(answer.getDataList()).extracting(Embedding::getIndex).containsExactly(0, 1, 2);
        assertThat(floats(answer.getData(0)))
                .hasSize(8)
                .isEqualTo(floats(answer.getData(2)))
                .isNotEqualTo(floats(answer.getData(1)));
        assertThat(answer.getModel()).isEqualTo("tiny");
        assertThat(answer.getUsage().getPromptTokens()).isEqualTo(9);
        assertThat(answer.getUsage().getTotalTokens()).isEqualTo(9);
        Spent spent = gateway.spent.take();
        assertThat(spent.usage().getPromptTokens()).isEqualTo(9);
        assertThat(spent.usage().getCompletionTokens()).isZero();
        assertThat(spent.counted()).isTrue();
        assertThat(spent.finished()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void base64HasTheSameNumbers(Wire wire) {
        float[] plain = floats(call(wire, embed("one")).message().getData(0));
        ByteString packed =
                call(wire, embed("one").setEncodingFormat(EncodingFormat.ENCODING_FORMAT_BASE64))
                        .message()
                        .getData(0)
                        .getEmbedding()
                        .getPacked();

        FloatBuffer numbers =
                packed.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] unpacked = new float[numbers.remaining()];
        numbers.get(unpacked);
        assertThat(unpacked).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void tokensAreAnInputLikeTheirText(Wire wire) {
        EmbeddingInput tokens =
                EmbeddingInput.newBuilder()
                        .setTokens(TokenIds.newBuilder().addIds('h').addIds('i'))
                        .build();
        EmbeddingResponse answer = call(wire, embed("hi").addInput(tokens)).message();

        assertThat(floats(answer.getData(0))).isEqualTo(floats(answer.getData(1)));
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void whatTheModelCannotDoIsSaidOfItsField(Wire wire) throws InterruptedException {
        EmbeddingInput unknown =
                EmbeddingInput.newBuilder().setTokens(TokenIds.newBuilder().addIds(256)).build();
        Reply<EmbeddingResponse> badToken = call(wire, embed("hi").addInput(unknown));
        Reply<EmbeddingResponse> badSize = call(wire, embed("hi").setDimensions(2000));

        assertThat(badToken.error().param()).isEqualTo("input[1][0]");
        assertThat(badToken.status()).isEqualTo(wire.status(Code.INVALID_REQUEST));
        assertThat(badSize.error().param()).isEqualTo("dimensions");
        assertThat(badSize.error().reason()).isEqualTo("unsupported_value");
        assertThat(gateway.spent.take().finished()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void documentsComeTheBestFirst(Wire wire) {
        RerankRequest.Builder request =
                RerankRequest.newBuilder()
                        .setModel("tiny")
                        .setQuery("red fox")
                        .addDocuments(RerankDocument.newBuilder().setText("a dog"))
                        .addDocuments(RerankDocument.newBuilder().setText("the red fox"))
                        .addDocuments(RerankDocument.newBuilder().setText("a fox"));

        RerankResponse all = rerank(wire, request);
        RerankResponse best = rerank(wire, request.setTopN(1).setReturnDocuments(false));

        assertThat(all.getId()).isEqualTo("rerank-1");
        assertThat(all.getResultsList())
                .extracting(RerankResult::getIndex)
                .containsExactly(1, 2, 0);
        assertThat(all.getResultsList())
                .extracting(RerankResult::getRelevanceScore)
                .containsExactly(1.0, 0.5, 0.0);
        assertThat(all.getResults(0).getDocument().getText()).isEqualTo("the red fox");
        assertThat(all.getUsage().getTotalTokens()).isEqualTo(3 * 7 + 21);
        assertThat(best.getResultsCount()).isEqualTo(1);
        assertThat(best.getResults(0).hasDocument()).isFalse();
    }

    private static RerankResponse rerank(Wire wire, RerankRequest.Builder request) {
        return gateway.server
                .call(wire, RerankServiceGrpc.getRerankMethod(), request.build())
                .message();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void tokensOfATextJoinToTheText(Wire wire) {
        TokenizeRequest.Builder request =
                TokenizeRequest.newBuilder().setModel("tiny").setPrompt("Grüß");

        TokenizeResponse plain = tokenize(wire, request).message();
        TokenizeResponse withTexts = tokenize(wire, request.setReturnTokenStrs(true)).message();

        assertThat(plain.getCount()).isEqualTo(6).isEqualTo(plain.getTokensCount());
        assertThat(plain.getMaxModelLen()).isEqualTo(4096);
        assertThat(plain.getTokenStrsList()).isEmpty();
        assertThat(withTexts.getTokenStrsList()).hasSize(6).startsWith("G", "r");
        assertThat(
                        gateway.server
                                .call(
                                        wire,
                                        TokenServiceGrpc.getDetokenizeMethod(),
                                        DetokenizeRequest.newBuilder()
                                                .setModel("tiny")
                                                .addAllTokens(plain.getTokensList())
                                                .build())
                                .message()
                                .getPrompt())
                .isEqualTo("Grüß");
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void aConversationCanBeSplitToo(Wire wire) {
        ChatMessage hi = Fixture.user("hi").build();
        TokenizeRequest.Builder request =
                TokenizeRequest.newBuilder().setModel("tiny").addMessages(hi);

        int open = tokenize(wire, request).message().getCount();
        int closed = tokenize(wire, request.setAddGenerationPrompt(false)).message().getCount();

        assertThat(open).isGreaterThan(closed);
    }

    private static Reply<TokenizeResponse> tokenize(Wire wire, TokenizeRequest.Builder request) {
        return gateway.server.call(wire, TokenServiceGrpc.getTokenizeMethod(), request.build());
    }
}
