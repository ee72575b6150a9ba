package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Script;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChoiceLogprobs;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.StreamOptions;
import dev.tandem.v1.TokenLogprob;
import dev.tandem.v1.ToolCallDelta;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same request gives the same answer by every wire, message for message. */
class SameAnswerTest {
    private static Fixture gateway;

    @BeforeAll
    static void start() {
        gateway =
                new Fixture(
                        Script.empty()
                                .say(0, "Hel")
                                .say(1, "Ho")
                                .send(withLogprobs("lo"))
                                .delta(1, toolCall())
                                .delta(0, Delta.newBuilder().putExtra("mood", "\"good\"").build())
                                .finish(1, "tool_calls")
                                .finish(0, "length")
                                .promptTokens(11));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"REST", "REST_H2"})
    void aWholeAnswer(Way way) {
        assertThat(gateway.call(way).messages()).isEqualTo(gateway.call(Way.GRPC_WHOLE).messages());
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"SSE", "SSE_H2", "NDJSON", "NDJSON_H2"})
    void aStreamedAnswer(Way way) {
        assertThat(stream(way)).isEqualTo(stream(Way.GRPC_STREAM));
    }

    @Test
    void theWholeAnswerIsWhatThePiecesSay() {
        ChatCompletion whole = (ChatCompletion) gateway.call(Way.REST).message();
        List<ChatChunk> pieces = stream(Way.SSE).stream().map(ChatChunk.class::cast).toList();

        assertThat(pieces)
                .allSatisfy(piece -> {
                    assertThat(piece.getId()).isEqualTo(whole.getId());
                    assertThat(piece.getCreated()).isEqualTo(whole.getCreated());
                    assertThat(piece.getModel()).isEqualTo(whole.getModel());
                });
        assertThat(pieces.getLast().getUsage()).isEqualTo(whole.getUsage());
        for (int i = 0; i < whole.getChoicesCount(); i++) {
            StringBuilder text = new StringBuilder();
            String reason = "";
            for (ChunkChoice news : ofChoice(pieces, i)) {
                text.append(news.getDelta().getContent());
                reason = news.getFinishReason();
            }
            assertThat(whole.getChoices(i).getMessage().getContent()).isEqualTo(text.toString());
            assertThat(whole.getChoices(i).getFinishReason()).isEqualTo(reason);
        }
    }

    private static List<ChunkChoice> ofChoice(List<ChatChunk> pieces, int index) {
        return pieces.stream()
                .flatMap(piece -> piece.getChoicesList().stream())
                .filter(news -> news.getIndex() == index)
                .toList();
    }

    private static List<? extends Message> stream(Way way) {
        ChatRequest request =
                Fixture.request()
                        .setStreamOptions(StreamOptions.newBuilder().setIncludeUsage(true))
                        .build();
        return gateway.call(way, request, Caller.PLAIN).messages();
    }

    private static ChunkChoice withLogprobs(String text) {
        return ChunkChoice.newBuilder()
                .setDelta(Delta.newBuilder().setContent(text))
                .setLogprobs(
                        ChoiceLogprobs.newBuilder()
                                .addContent(
                                        TokenLogprob.newBuilder()
                                                .setToken(text)
                                                .setLogprob(-0.25)
                                                .addBytes('l')
                                                .addBytes('o')))
                .build();
    }

    private static Delta toolCall() {
        return Delta.newBuilder()
                .addToolCalls(
                        ToolCallDelta.newBuilder()
                                .setId("call_1")
                                .setType("function")
                                .setFunction(
                                        FunctionCallDelta.newBuilder()
                                                .setName("f")
                                                .setArguments("{\"a\": 1}")))
                .build();
    }
}
