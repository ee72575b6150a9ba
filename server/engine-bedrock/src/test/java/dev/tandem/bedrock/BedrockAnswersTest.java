package dev.tandem.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.bedrock.BedrockSettings.Dialect;
import dev.tandem.bedrock.BedrockSettings.Passing;
import dev.tandem.bedrock.BedrockSettings.Schemas;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import dev.tandem.v1.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Bedrock says, in the contract's words. */
@Timeout(30)
class BedrockAnswersTest {
    private static BedrockSettings whole(BedrockSettings settings) {
        return settings.dialect(new Dialect(false, Schemas.OUTPUT_FORMAT, false));
    }

    private static BedrockSettings byTool(BedrockSettings settings) {
        return settings.dialect(new Dialect(true, Schemas.FORCED_TOOL, false));
    }

    private static ChatRequest hello() {
        return EngineCall.hello().build();
    }

    private static List<String> extras(Asked asked, String name) {
        return asked.chunks().stream()
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .filter(choice -> choice.getDelta().containsExtra(name))
                .map(choice -> choice.getDelta().getExtraOrThrow(name))
                .toList();
    }

    private static String finish(Asked asked) {
        assertThat(asked.error()).isNull();
        return asked.chunks().stream()
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .filter(choice -> choice.hasFinishReason())
                .map(choice -> choice.getFinishReason())
                .reduce("", String::concat);
    }

    private static void delta(Peer peer, String delta) throws IOException {
        peer.event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":" + delta + "}");
    }

    @Test
    void reasoningGoesBesideTheText() {
        BedrockServer.Talk talk =
                peer -> {
                    peer.begin();
                    delta(peer, "{\"reasoningContent\":{\"text\":\"hm \\\"x\\\"\"}}");
                    delta(peer, "{\"reasoningContent\":{\"signature\":\"sig\"}}");
                    delta(peer, "{\"reasoningContent\":{\"redactedContent\":\"aGk=\"}}");
                    peer.text("a");
                    peer.stop("end_turn");
                };

        Asked asked = Asked.of(hello(), talk);

        assertThat(asked.text()).isEqualTo("a");
        assertThat(extras(asked, "reasoning_content")).containsExactly("\"hm \\\"x\\\"\"");
        assertThat(extras(asked, "reasoning_signature")).containsExactly("\"sig\"");
        assertThat(extras(asked, "reasoning_redacted")).containsExactly("\"aGk=\"");
        Passing none = new Passing(Set.of(), Set.of());
        assertThat(Asked.of(hello(), talk, settings -> settings.passing(none)).chunks())
                .noneMatch(chunk -> chunk.toString().contains("reasoning"));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn,stop",
        "stop_sequence,stop",
        "max_tokens,length",
        "model_context_window_exceeded,length",
        "guardrail_intervened,content_filter",
        "content_filtered,content_filter",
        "of_tomorrow,of_tomorrow"
    })
    void stopReasonsAreTheContracts(String told, String reason) {
        Asked asked =
                Asked.of(
                        hello(),
                        peer -> {
                            peer.begin();
                            peer.text("a");
                            peer.stop(told);
                        });

        assertThat(finish(asked)).isEqualTo(reason);
    }

    @Test
    void whatTheCacheGaveIsPartOfThePrompt() {
        Asked asked =
                Asked.of(
                        hello(),
                        peer -> {
                            peer.begin();
                            peer.event("messageStop", "{\"stopReason\":\"end_turn\"}");
                            peer.event(
                                    "metadata",
                                    "{\"usage\":{\"inputTokens\":3,\"outputTokens\":4,\"totalTokens\":7,"
                                            + "\"cacheReadInputTokens\":10,\"cacheWriteInputTokens\":20}}");
                            peer.say("0\r\n\r\n");
                        });

        Usage usage = asked.chunks().getLast().getUsage();
        assertThat(usage.getPromptTokens()).isEqualTo(33);
        assertThat(usage.getTotalTokens()).isEqualTo(37);
        assertThat(usage.getPromptTokensDetails().getCachedTokens()).isEqualTo(10);
        assertThat(usage.getPromptTokensDetails().getCacheWriteTokens()).isEqualTo(20);
    }

    @Test
    void aCallWithoutInputHasAnEmptyObject() {
        Asked asked =
                Asked.of(
                        hello(),
                        peer -> {
                            peer.begin();
                            peer.event(
                                    "contentBlockStart",
                                    "{\"contentBlockIndex\":3,\"start\":{\"toolUse\":"
                                            + "{\"toolUseId\":\"t\",\"name\":\"f\"}}}");
                            peer.event("contentBlockStop", "{\"contentBlockIndex\":3}");
                            peer.stop("tool_use");
                        });

        assertThat(finish(asked)).isEqualTo("tool_calls");
        assertThat(arguments(asked)).isEqualTo("{}");
    }

    private static String arguments(Asked asked) {
        return asked.chunks().stream()
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .flatMap(choice -> choice.getDelta().getToolCallsList().stream())
                .map(call -> call.getFunction().getArguments())
                .reduce("", String::concat);
    }

    @Test
    void aForcedToolsInputIsTheAnswer() {
        ChatRequest request =
                EngineCall.hello()
                        .setResponseFormat(
                                ResponseFormat.newBuilder()
                                        .setType(
                                                ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA)
                                        .setJsonSchema(
                                                JsonSchemaFormat.newBuilder()
                                                        .setName("city")
                                                        .setSchema("{\"type\":\"object\"}")))
                        .build();

        Asked asked = Asked.of(request, BedrockAnswersTest::callCity, BedrockAnswersTest::byTool);

        assertThat(finish(asked)).isEqualTo("stop");
        assertThat(asked.text()).isEqualTo("{\"a\":1}");
        assertThat(arguments(asked)).isEmpty();
        assertThat(asked.sent()).contains("\"toolChoice\":{\"tool\":{\"name\":\"city\"}}");
    }

    private static void callCity(Peer peer) throws IOException {
        peer.begin();
        peer.text("I shall call it.");
        peer.event(
                "contentBlockStart",
                "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"city\"}}}");
        for (String piece : List.of("{\\\"a\\\"", ":1}")) {
            peer.event(
                    "contentBlockDelta",
                    "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\""
                            + piece
                            + "\"}}}");
        }
        peer.event("contentBlockStop", "{\"contentBlockIndex\":1}");
        peer.stop("tool_use");
    }

    @Test
    void anAnswerMayComeWhole() {
        Asked asked =
                Asked.of(
                        hello(),
                        peer ->
                                peer.answer(
                                        "200 OK",
                                        "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
                                                + "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\"}}},"
                                                + "{\"text\":\"abc\"},"
                                                + "{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"f\",\"input\":{\"z\":1.50,\"a\":[true,null]}}}"
                                                + "]}},\"stopReason\":\"tool_use\","
                                                + "\"usage\":{\"inputTokens\":3,\"outputTokens\":4,\"totalTokens\":7}}"),
                        BedrockAnswersTest::whole);

        assertThat(finish(asked)).isEqualTo("tool_calls");
        assertThat(asked.text()).isEqualTo("abc");
        assertThat(extras(asked, "reasoning_content")).containsExactly("\"hm\"");
        assertThat(arguments(asked)).isEqualTo("{\"z\":1.50,\"a\":[true,null]}");
        assertThat(asked.chunks().getLast().getUsage().getTotalTokens()).isEqualTo(7);
        assertThat(asked.requests().getFirst().path()).endsWith("/model/own/converse");
    }
}
