package dev.tandem.upstream.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testtools.Peer;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.Staged;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.ollama.OllamaSettings.Facts;
import dev.tandem.upstream.sse.EventLimits;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ToolCallDelta;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the server's answers, good ones and broken ones. */
@Timeout(30)
class OllamaAnswersTest {
    private static final String KEY = "very-secret";

    private static EngineCall chat(RawServer.Talk talk) {
        return chat(talk, settings -> settings.key(Secret.of(KEY)));
    }

    private static EngineCall chat(RawServer.Talk talk, UnaryOperator<OllamaSettings> change) {
        try (Staged stage = OllamaEngineContractTest.stage(talk, change)) {
            return stage.chat(EngineCall.hello().build());
        }
    }

    private static RawServer.Talk lines(String... lines) {
        return peer -> {
            LinesWire.begin(peer);
            LinesWire.lines(peer, lines);
            LinesWire.end(peer, "stop");
        };
    }

    private static RawServer.Talk inTheMiddle(RawServer.Talk then) {
        return peer -> {
            LinesWire.begin(peer);
            LinesWire.text(peer, "a");
            then.with(peer);
        };
    }

    private static ApiError failure(EngineCall call) {
        return Objects.requireNonNull(call.failure());
    }

    private static void brokeInTheMiddle(EngineCall call, String why) {
        assertThat(call.text()).isEqualTo("a");
        assertThat(failure(call).reason()).isEqualTo("upstream_error");
        assertThat(failure(call).message()).contains(why).doesNotContain(KEY);
    }

    @Test
    void thoughtsAreExtras() {
        EngineCall call =
                chat(
                        lines(
                                "{'message':{'content':'','thinking':'hm'},'done':false}",
                                "{'message':{'content':'x'},'done':false}"));

        assertThat(call.failure()).isNull();
        assertThat(call.text()).isEqualTo("x");
        assertThat(call.choice(0))
                .filteredOn(choice -> choice.getDelta().getExtraCount() > 0)
                .singleElement()
                .satisfies(choice ->
                        assertThat(choice.getDelta().getExtraMap())
                                .containsEntry("reasoning_content", "\"hm\""));
    }

    @Test
    void callsWithoutIdsGetSomeAndKeepTheirNumbers() {
        EngineCall call =
                chat(
                        lines(
                                "{'message':{'content':'','tool_calls':[{'function':{'name':'f',"
                                        + "'arguments':{'n':12345678901234567890,'x':1.50}}},"
                                        + "{'function':{'name':'g','arguments':{}}}]},"
                                        + "'done':false}"));

        List<ToolCallDelta> calls =
                call.choice(0).stream()
                        .flatMap(choice -> choice.getDelta().getToolCallsList().stream())
                        .toList();
        assertThat(calls).extracting(ToolCallDelta::getIndex).containsExactly(0, 1);
        assertThat(calls)
                .extracting(ToolCallDelta::getId)
                .containsExactly("call_chatcmpl-7_0", "call_chatcmpl-7_1");
        assertThat(calls.getFirst().getFunction().getArguments())
                .isEqualTo("{\"n\":12345678901234567890,\"x\":1.50}");
        assertThat(call.choice(0).getLast().getFinishReason()).isEqualTo("tool_calls");
    }

    @Test
    void probabilitiesComeWithTheirTokens() {
        EngineCall call =
                chat(
                        lines(
                                "{'message':{'content':'x'},'done':false,'logprobs':[{'token':'x',"
                                        + "'logprob':-0.5,'bytes':[120],'top_logprobs':["
                                        + "{'token':'y','logprob':-1.5,'bytes':[121]}]}]}"));

        assertThat(call.choice(0))
                .filteredOn(choice -> choice.hasLogprobs())
                .singleElement()
                .satisfies(choice -> {
                    var token = choice.getLogprobs().getContent(0);
                    assertThat(token.getToken()).isEqualTo("x");
                    assertThat(token.getLogprob()).isEqualTo(-0.5);
                    assertThat(token.getBytesList()).containsExactly(120);
                    assertThat(token.getTopLogprobs(0).getToken()).isEqualTo("y");
                });
    }

    @ParameterizedTest
    @CsvSource({"stop, stop", "length, length"})
    void reasonsToEnd(String told, String expected) {
        EngineCall call =
                chat(peer -> {
                    LinesWire.begin(peer);
                    LinesWire.end(peer, told);
                });

        assertThat(call.choice(0).getLast().getFinishReason()).isEqualTo(expected);
        assertThat(call.chunks().getLast().getUsage().getPromptTokens()).isEqualTo(3);
        assertThat(call.chunks().getLast().getUsage().getCompletionTokens()).isEqualTo(4);
    }

    @Test
    void anErrorInTheMiddleIsTheEnd() {
        brokeInTheMiddle(
                chat(inTheMiddle(peer -> LinesWire.lines(peer, "{'error':'out of memory'}"))),
                "failed");
    }

    @Test
    void tooManyRequestsTellWhenToTryAgain() {
        ApiError failure =
                failure(
                        chat(peer ->
                                peer.answer(
                                        "429 Too Many Requests",
                                        "application/json",
                                        "{\"error\":\"slow down\"}",
                                        "retry-after: 7")));

        assertThat(failure.reason()).isEqualTo("upstream_rate_limited");
        assertThat(failure.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void anEndWithoutTheLastLineIsAnError() {
        brokeInTheMiddle(chat(inTheMiddle(Peer::endChunks)), "before its last line");
        brokeInTheMiddle(chat(inTheMiddle(peer -> {})), "ended before the answer did");
    }

    @Test
    void whatIsNoJsonIsAnError() {
        brokeInTheMiddle(chat(inTheMiddle(peer -> peer.chunk("{\"a\":\n"))), "no answer");
        brokeInTheMiddle(chat(inTheMiddle(peer -> peer.chunk("{} {}\n"))), "no answer");
    }

    @Test
    void aHugeLineIsAnError() {
        Limits tight =
                new Limits(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        1 << 20,
                        new EventLimits(4096, 4096));
        brokeInTheMiddle(
                chat(
                        inTheMiddle(peer -> {
                            peer.chunk("x".repeat(5000));
                            peer.awaitLeaving();
                        }),
                        settings -> settings.limits(tight)),
                "longer than 4096 bytes");
    }

    @Test
    void anotherContentTypeIsAnError() {
        EngineCall call = chat(peer -> peer.answer("200 OK", "text/html", "<h1>"));

        assertThat(failure(call).reason()).isEqualTo("upstream_error");
        assertThat(failure(call).message()).contains("content-type");
    }

    @Test
    void aStallIsATimeout() {
        Limits shortly =
                new Limits(
                        Duration.ofSeconds(20),
                        Duration.ofMillis(300),
                        1 << 20,
                        EventLimits.DEFAULT);
        EngineCall call =
                chat(inTheMiddle(Peer::awaitLeaving), settings -> settings.limits(shortly));

        assertThat(call.text()).isEqualTo("a");
        assertThat(failure(call).reason()).isEqualTo("upstream_timeout");
    }

    @Test
    void noErrorShowsTheKey() {
        EngineCall call =
                chat(peer ->
                        peer.answer(
                                "400 Bad Request",
                                "application/json",
                                "{\"error\":\"bad " + KEY + " indeed\"}"));

        assertThat(failure(call).reason()).isEqualTo("unsupported_value");
        assertThat(failure(call).message()).isEqualTo("bad *** indeed");
    }

    @Test
    void theServerIsAskedOnceWhatItsModelCan() throws IOException {
        UnaryOperator<OllamaSettings> named =
                settings ->
                        settings.model(new Facts("m", "us", Optional.empty(), OptionalInt.empty()));
        try (Staged stage =
                OllamaEngineContractTest.stage(OllamaAnswersTest::showThenChat, named)) {
            assertThat(stage.engine().capabilities())
                    .contains(Capability.CAPABILITY_CHAT, Capability.CAPABILITY_EMBEDDING);
            assertThat(stage.engine().contextLength()).isEmpty();

            assertThat(stage.chat(EngineCall.hello().build()).failure()).isNull();

            assertThat(stage.engine().capabilities()).isEqualTo(Set.of(Capability.CAPABILITY_CHAT));
            assertThat(stage.engine().contextLength()).hasValue(8192);
            assertThat(stage.server().peers().getFirst().requests())
                    .extracting(request -> request.head().lines().findFirst().orElseThrow())
                    .containsExactly("POST /api/show HTTP/1.1", "POST /api/chat HTTP/1.1");
        }
    }

    private static void showThenChat(Peer peer) throws IOException {
        peer.answer(
                "200 OK",
                "application/json; charset=utf-8",
                "{\"capabilities\":[\"completion\",\"tools\"],"
                        + "\"model_info\":{\"llama.context_length\":8192}}");
        peer.request();
        LinesWire.begin(peer);
        LinesWire.text(peer, "a");
        LinesWire.end(peer, "stop");
        peer.awaitLeaving();
    }
}
