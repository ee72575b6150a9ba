package dev.tandem.upstream.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testtools.Peer;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.Requested;
import dev.tandem.upstream.Staged;
import dev.tandem.upstream.anthropic.AnthropicSettings.Dialect;
import dev.tandem.upstream.anthropic.AnthropicSettings.Structured;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.sse.EventLimits;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the server's answers, good ones and broken ones. */
@Timeout(30)
class AnthropicAnswersTest {
    private static final String KEY = "sk-ant-very-secret";

    private static AnthropicSettings keyed(AnthropicSettings settings) {
        return settings.key(Secret.of(KEY));
    }

    private static EngineCall chat(RawServer.Talk talk) {
        return chat(talk, AnthropicAnswersTest::keyed, EngineCall.hello().build());
    }

    private static EngineCall chat(
            RawServer.Talk talk, UnaryOperator<AnthropicSettings> change, ChatRequest request) {
        try (Staged stage = AnthropicEngineContractTest.stage(talk, change)) {
            return stage.chat(request);
        }
    }

    private static void block(Peer peer, String start, String... deltas) throws IOException {
        MessagesWire.event(
                peer, "content_block_start", ",\"index\":0,\"content_block\":" + quoted(start));
        for (String delta : deltas) {
            MessagesWire.event(
                    peer, "content_block_delta", ",\"index\":0,\"delta\":" + quoted(delta));
        }
        MessagesWire.event(peer, "content_block_stop", ",\"index\":0");
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    /** An answer of these blocks. */
    private static RawServer.Talk answering(String reason, RawServer.Talk blocks) {
        return peer -> {
            MessagesWire.begin(peer);
            blocks.with(peer);
            MessagesWire.end(peer, reason);
            peer.awaitLeaving();
        };
    }

    private static RawServer.Talk inTheMiddle(RawServer.Talk then) {
        return peer -> {
            MessagesWire.begin(peer);
            MessagesWire.event(
                    peer,
                    "content_block_start",
                    quoted(",'index':0,'content_block':{'type':'text','text':'a'}"));
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

    private static String extra(EngineCall call, String name) {
        return call.choice(0).stream()
                .map(choice -> choice.getDelta().getExtraOrDefault(name, ""))
                .collect(Collectors.joining());
    }

    @Test
    void theRequestHasKeyVersionAndBetas() {
        try (Staged stage =
                AnthropicEngineContractTest.stage(
                        answering("end_turn", peer -> {}),
                        settings ->
                                keyed(settings)
                                        .dialect(
                                                new Dialect(
                                                        "2023-06-01",
                                                        List.of("b-1", "b-2"),
                                                        9,
                                                        Structured.FORMAT)))) {
            assertThat(stage.chat(EngineCall.hello().build()).failure()).isNull();

            Peer.Request request = stage.server().peers().getFirst().requests().getFirst();
            assertThat(request.head()).startsWith("POST /v1/messages HTTP/1.1\r\n");
            assertThat(request.header("x-api-key")).isEqualTo(KEY);
            assertThat(request.header("authorization")).isEmpty();
            assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
            assertThat(request.header("anthropic-beta")).isEqualTo("b-1,b-2");
            assertThat(request.body()).contains("\"max_tokens\":9");
        }
    }

    @Test
    void thoughtsAreExtrasAndComeWithTheirSignatures() {
        EngineCall call =
                chat(
                        answering(
                                "end_turn",
                                peer -> {
                                    block(
                                            peer,
                                            "{'type':'thinking','thinking':'','signature':''}",
                                            "{'type':'thinking_delta','thinking':'h'}",
                                            "{'type':'thinking_delta','thinking':'m'}",
                                            "{'type':'signature_delta','signature':'S='}");
                                    block(peer, "{'type':'redacted_thinking','data':'D'}");
                                    block(
                                            peer,
                                            "{'type':'text','text':''}",
                                            "{'type':'text_delta','text':'x'}");
                                }));

        assertThat(call.failure()).isNull();
        assertThat(call.text()).isEqualTo("x");
        assertThat(extra(call, "reasoning_content")).isEqualTo("\"h\"\"m\"");
        assertThat(extra(call, "thinking_blocks"))
                .isEqualTo(
                        quoted(
                                "[{'type':'thinking','thinking':'hm','signature':'S='},"
                                        + "{'type':'redacted_thinking','data':'D'}]"));
    }

    @Test
    void aCallWithoutInputHasAnEmptyObject() {
        EngineCall call =
                chat(
                        answering(
                                "tool_use",
                                peer ->
                                        block(
                                                peer,
                                                "{'type':'tool_use','id':'t','name':'f','input':{}}",
                                                "{'type':'input_json_delta','partial_json':''}")));

        String arguments =
                call.choice(0).stream()
                        .flatMap(choice -> choice.getDelta().getToolCallsList().stream())
                        .map(each -> each.getFunction().getArguments())
                        .collect(Collectors.joining());
        assertThat(arguments).isEqualTo("{}");
        assertThat(call.choice(0).getLast().getFinishReason()).isEqualTo("tool_calls");
    }

    @Test
    void theInputOfTheAnswersToolIsTheText() {
        EngineCall call =
                chat(
                        answering(
                                "tool_use",
                                peer ->
                                        block(
                                                peer,
                                                "{'type':'tool_use','id':'t','name':'answer',"
                                                        + "'input':{}}",
                                                "{'type':'input_json_delta',"
                                                        + "'partial_json':'{\\'a\\':'}"
                                                                .replace("\\'", "\\\""),
                                                "{'type':'input_json_delta',"
                                                        + "'partial_json':'1}'}")),
                        AnthropicAnswersTest::keyed,
                        Requested.with("'response_format': {'type': 'json_object'}"));

        assertThat(call.failure()).isNull();
        assertThat(call.text()).isEqualTo("{\"a\":1}");
        assertThat(call.choice(0).getLast().getFinishReason()).isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "refusal, content_filter",
        "pause_turn, pause_turn",
    })
    void stopReasonsAreFinishReasons(String told, String expected) {
        EngineCall call = chat(answering(told, peer -> {}));

        assertThat(call.choice(0).getLast().getFinishReason()).isEqualTo(expected);
    }

    @Test
    void cachesCountIntoThePrompt() {
        EngineCall call =
                chat(peer -> {
                    peer.beginEvents();
                    MessagesWire.event(
                            peer,
                            "message_start",
                            quoted(
                                    ",'message':{'usage':{'input_tokens':3,"
                                            + "'cache_creation_input_tokens':20,"
                                            + "'cache_read_input_tokens':100,'output_tokens':1}}"));
                    MessagesWire.event(
                            peer,
                            "message_delta",
                            quoted(
                                    ",'delta':{'stop_reason':'end_turn'},'usage':"
                                            + "{'output_tokens':9,'output_tokens_details':"
                                            + "{'thinking_tokens':5}}"));
                    MessagesWire.event(peer, "message_stop", "");
                    peer.endChunks();
                });

        Usage usage = call.chunks().getLast().getUsage();
        assertThat(usage.getPromptTokens()).isEqualTo(123);
        assertThat(usage.getCompletionTokens()).isEqualTo(9);
        assertThat(usage.getTotalTokens()).isEqualTo(132);
        assertThat(usage.getPromptTokensDetails().getCachedTokens()).isEqualTo(100);
        assertThat(usage.getPromptTokensDetails().getCacheWriteTokens()).isEqualTo(20);
        assertThat(usage.getCompletionTokensDetails().getReasoningTokens()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "400 Bad Request, invalid_request_error, unsupported_value",
        "401 Unauthorized, authentication_error, upstream_misconfigured",
        "402 Payment Required, billing_error, upstream_misconfigured",
        "403 Forbidden, permission_error, upstream_misconfigured",
        "404 Not Found, not_found_error, upstream_misconfigured",
        "413 Too Large, request_too_large, request_too_large",
        "429 Too Many Requests, rate_limit_error, upstream_rate_limited",
        "500 Internal, api_error, upstream_error",
        "504 Timeout, timeout_error, upstream_timeout",
        "529 Overloaded, overloaded_error, upstream_unavailable",
    })
    void errorsByTheirStatusAndWithinAnswers(String status, String type, String expected) {
        String error =
                quoted(
                        "{'type':'error','error':{'type':'"
                                + type
                                + "','message':'no, "
                                + KEY
                                + "'},'request_id':'r'}");

        EngineCall atOnce = chat(peer -> peer.answer(status, "application/json", error));
        EngineCall within =
                chat(inTheMiddle(peer -> peer.chunk("event: error\ndata: " + error + "\n\n")));

        assertThat(failure(atOnce).reason()).isEqualTo(expected);
        assertThat(failure(within).reason()).isEqualTo(expected);
        assertThat(within.text()).isEqualTo("a");
        assertThat(failure(atOnce).message()).doesNotContain(KEY);
        assertThat(failure(within).message()).doesNotContain(KEY);
    }

    @Test
    void tooManyRequestsTellWhenToTryAgain() {
        ApiError failure =
                failure(
                        chat(peer ->
                                peer.answer(
                                        "429 Too Many Requests",
                                        "application/json",
                                        quoted(
                                                "{'type':'error','error':{'type':"
                                                        + "'rate_limit_error','message':'slow'}}"),
                                        "retry-after: 7")));

        assertThat(failure.reason()).isEqualTo("upstream_rate_limited");
        assertThat(failure.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void anEndWithoutMessageStopIsAnError() {
        brokeInTheMiddle(chat(inTheMiddle(Peer::endChunks)), "ended without its end mark");
        brokeInTheMiddle(chat(inTheMiddle(peer -> peer.events("[DONE]"))), "message_stop");
        brokeInTheMiddle(
                chat(inTheMiddle(peer -> MessagesWire.event(peer, "message_stop", ""))),
                "without a stop reason");
    }

    @Test
    void whatIsNoJsonIsAnError() {
        brokeInTheMiddle(chat(inTheMiddle(peer -> peer.events("{\"type\":"))), "no answer");
    }

    @Test
    void aBlockBeforeTheMessageIsAnError() {
        EngineCall call =
                chat(peer -> {
                    peer.beginEvents();
                    block(peer, "{'type':'text','text':'a'}");
                    peer.awaitLeaving();
                });

        assertThat(failure(call).reason()).isEqualTo("upstream_error");
    }

    @Test
    void aHugeLineIsAnError() {
        EngineCall call =
                chat(
                        inTheMiddle(peer -> {
                            peer.chunk("data: " + "x".repeat(5000));
                            peer.awaitLeaving();
                        }),
                        settings ->
                                settings.limits(
                                        new Limits(
                                                Duration.ofSeconds(20),
                                                Duration.ofSeconds(20),
                                                1 << 20,
                                                new EventLimits(4096, 4096))),
                        EngineCall.hello().build());

        brokeInTheMiddle(call, "longer than 4096 bytes");
    }

    @Test
    void anotherContentTypeIsAnError() {
        EngineCall call = chat(peer -> peer.answer("200 OK", "application/json", "{}"));

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
                chat(
                        inTheMiddle(Peer::awaitLeaving),
                        settings -> settings.limits(shortly),
                        EngineCall.hello().build());

        assertThat(call.text()).isEqualTo("a");
        assertThat(failure(call).reason()).isEqualTo("upstream_timeout");
    }

    @Test
    void unknownEventsAndBlocksArePassedOver() {
        EngineCall call =
                chat(
                        answering(
                                "end_turn",
                                peer -> {
                                    MessagesWire.event(peer, "news", "");
                                    block(peer, "{'type':'server_tool_use','name':'web_search'}");
                                    block(
                                            peer,
                                            "{'type':'text','text':'x'}",
                                            "{'type':'citations_delta','citation':{}}");
                                }));

        assertThat(call.failure()).isNull();
        assertThat(call.text()).isEqualTo("x");
    }
}
