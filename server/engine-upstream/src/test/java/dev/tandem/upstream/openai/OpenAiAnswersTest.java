package dev.tandem.upstream.openai;

import static dev.tandem.upstream.openai.OneChat.DONE;
import static dev.tandem.upstream.openai.OneChat.answering;
import static dev.tandem.upstream.openai.OneChat.chat;
import static dev.tandem.upstream.openai.OneChat.sent;
import static dev.tandem.upstream.openai.OneChat.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.ask.Passing;
import dev.tandem.upstream.openai.Asked.Outcome;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Role;
import dev.tandem.v1.ToolCallDelta;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a chat is told of the answer that the server gave. */
@Timeout(30)
class OpenAiAnswersTest {
    @Test
    void anAnswerIsToldUnderOurEnvelopeFromRoleToUsage() throws InterruptedException {
        Outcome outcome =
                chat(
                        streaming(
                                "{\"id\":\"t\",\"model\":\"t\",\"created\":1,\"system_fingerprint\":\"fp\","
                                        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}",
                                "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"lo\"}}]}",
                                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,"
                                        + "\"total_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":1}}}"),
                        OneChat::asItIs);

        assertThat(outcome.error()).isNull();
        assertThat(outcome.text()).isEqualTo("Hello");
        assertThat(outcome.chunks())
                .allSatisfy(chunk -> {
                    assertThat(chunk.getId()).isEqualTo("chatcmpl-1");
                    assertThat(chunk.getModel()).isEqualTo("ours");
                    assertThat(chunk.getCreated()).isEqualTo(7);
                });
        assertThat(outcome.chunks().getFirst().getSystemFingerprint()).isEqualTo("fp");
        List<ChunkChoice> choice = outcome.choice(0);
        assertThat(choice.getFirst().getDelta().getRole()).isEqualTo(Role.ROLE_ASSISTANT);
        assertThat(choice.subList(1, choice.size())).noneMatch(c -> c.getDelta().hasRole());
        assertThat(choice.getLast().getFinishReason()).isEqualTo("stop");
        ChatChunk last = outcome.chunks().getLast();
        assertThat(last.getChoicesList()).isEmpty();
        assertThat(last.getUsage().getTotalTokens()).isEqualTo(5);
        assertThat(last.getUsage().getPromptTokensDetails().getCachedTokens()).isEqualTo(1);
    }

    @Test
    void usageThatComesWithEveryChunkIsToldOnceAndLast() throws InterruptedException {
        Outcome outcome =
                chat(
                        streaming(
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],"
                                        + "\"usage\":{\"completion_tokens\":1}}",
                                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}],"
                                        + "\"usage\":{\"completion_tokens\":2}}"),
                        OneChat::asItIs);

        assertThat(outcome.chunks()).filteredOn(ChatChunk::hasUsage).hasSize(1);
        assertThat(outcome.chunks().getLast().getUsage().getCompletionTokens()).isEqualTo(2);
    }

    @Test
    void usageThatIsNotToldIsNotMadeUp() throws InterruptedException {
        assertThat(chat(streaming(DONE), OneChat::asItIs).chunks()).noneMatch(ChatChunk::hasUsage);
    }

    @Test
    void aWholeAnswerIsTheSameInOneChunk() throws InterruptedException {
        RawServer server =
                answering(
                        "200 OK",
                        "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                                + "\"assistant\",\"content\":null,\"reasoning_content\":\"hm\",\"tool_calls\":"
                                + "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
                                + "\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":3,"
                                + "\"completion_tokens\":2,\"total_tokens\":5}}");
        Outcome outcome = chat(server, OneChat::whole);

        assertThat(outcome.error()).isNull();
        ChunkChoice choice = outcome.choice(0).getFirst();
        assertThat(choice.getDelta().getRole()).isEqualTo(Role.ROLE_ASSISTANT);
        assertThat(choice.getDelta().getExtraMap()).containsEntry("reasoning_content", "\"hm\"");
        assertThat(choice.getDelta().getToolCalls(0).getId()).isEqualTo("c1");
        assertThat(choice.getDelta().getToolCalls(0).getFunction().getArguments()).isEqualTo("{}");
        assertThat(choice.getFinishReason()).isEqualTo("tool_calls");
        assertThat(outcome.chunks().getLast().getUsage().getTotalTokens()).isEqualTo(5);
        assertThat(server.peers().getFirst().requests().getFirst().body())
                .contains("\"stream\":false")
                .doesNotContain("stream_options");
    }

    @Test
    void whatThinkingModelsThinkComesAndGoesAndOtherExtrasDoNot() throws InterruptedException {
        Outcome outcome =
                chat(
                        streaming(
                                "{\"x_internal\":1,\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":"
                                        + "\"hm\",\"x_internal\":2}}]}",
                                DONE),
                        OneChat::asItIs);

        assertThat(outcome.chunks().getFirst().getExtraMap()).isEmpty();
        assertThat(outcome.choice(0).getFirst().getDelta().getExtraMap())
                .containsExactly(java.util.Map.entry("reasoning_content", "\"hm\""));

        ChatRequest.Builder again = Asked.hello();
        again.addMessagesBuilder()
                .setRole(Role.ROLE_ASSISTANT)
                .putExtra("reasoning_content", "\"hm\"");
        assertThat(sent(again.build(), OneChat::asItIs)).contains("\"reasoning_content\":\"hm\"");
        UnaryOperator<OpenAiSettings> deaf =
                s -> s.passing(new Passing(Set.of(), Set.of(), Set.of(), Set.of()));
        assertThat(sent(again.build(), deaf)).doesNotContain("reasoning_content");
    }

    @Test
    void toolCallsAreNumberedByTheirPlaceWhateverTheServerSays() throws InterruptedException {
        String begin = "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[";
        String end = "]}}]}";
        Outcome outcome =
                chat(
                        streaming(
                                begin
                                        + "{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                                        + "\"arguments\":\"{\"}}"
                                        + end,
                                begin
                                        + "{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                                        + "\"arguments\":\"}\"}}"
                                        + end,
                                begin
                                        + "{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}"
                                        + end,
                                begin + "{\"index\":0,\"function\":{\"arguments\":\"[]\"}}" + end,
                                begin + "{\"index\":5,\"function\":{\"name\":\"h\"}}" + end,
                                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}"),
                        OneChat::asItIs);

        List<ToolCallDelta> deltas =
                outcome.choice(0).stream()
                        .flatMap(choice -> choice.getDelta().getToolCallsList().stream())
                        .toList();
        assertThat(deltas).extracting(ToolCallDelta::getIndex).containsExactly(0, 0, 1, 1, 2);
        assertThat(deltas)
                .extracting(ToolCallDelta::getId)
                .containsExactly("a", "", "b", "", "call_chatcmpl-1_0_2");
        assertThat(deltas)
                .extracting(ToolCallDelta::getType)
                .containsExactly("function", "", "function", "", "function");
        assertThat(deltas)
                .extracting(delta -> delta.getFunction().getName())
                .containsExactly("f", "", "g", "", "h");
        assertThat(deltas)
                .extracting(delta -> delta.getFunction().getArguments())
                .containsExactly("{", "}", "", "[]", "");
    }

    @Test
    void choicesComeInAnyMixture() throws InterruptedException {
        Outcome outcome =
                chat(
                        streaming(
                                "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}",
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}",
                                "{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"max_tokens\"}]}",
                                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"eos_token\"}]}",
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"late\"}}]}"),
                        OneChat::asItIs);

        assertThat(outcome.error()).isNull();
        assertThat(outcome.choice(0).getLast().getFinishReason()).isEqualTo("stop");
        assertThat(outcome.choice(1).getLast().getFinishReason()).isEqualTo("length");
        assertThat(outcome.text()).isEqualTo("ba");
    }
}
