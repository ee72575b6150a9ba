package dev.tandem.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tandem.v1.Annotation;
import dev.tandem.v1.AssistantMessage;
import dev.tandem.v1.AudioDelta;
import dev.tandem.v1.ChatChoice;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChoiceLogprobs;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.CustomToolCallDelta;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.Role;
import dev.tandem.v1.TokenLogprob;
import dev.tandem.v1.ToolCall;
import dev.tandem.v1.ToolCallDelta;
import dev.tandem.v1.UrlCitation;
import dev.tandem.v1.Usage;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WholeChatTest {
    private static final ChatChunk ENVELOPE =
            ChatChunk.newBuilder().setId("chatcmpl-1").setCreated(7).setModel("m").build();

    @Property(tries = 300)
    void everyChoiceSaysWhatItsChunksSaidInTheirOrder(@ForAll("news") List<ChunkChoice> news) {
        ChatCompletion whole = fold(news);

        assertThat(whole.getChoicesList())
                .extracting(ChatChoice::getIndex)
                .isEqualTo(news.stream().map(ChunkChoice::getIndex).distinct().sorted().toList());
        for (ChatChoice choice : whole.getChoicesList()) {
            List<ChunkChoice> own =
                    news.stream().filter(n -> n.getIndex() == choice.getIndex()).toList();
            assertThat(choice.getMessage().getContent())
                    .isEqualTo(joined(own, n -> n.getDelta().getContent()));
            assertThat(choice.getMessage().getRefusal())
                    .isEqualTo(joined(own, n -> n.getDelta().getRefusal()));
            assertThat(choice.getLogprobs().getContentList())
                    .isEqualTo(
                            own.stream()
                                    .flatMap(n -> n.getLogprobs().getContentList().stream())
                                    .toList());
            assertThat(arguments(choice)).isEqualTo(argumentsByIndex(own));
        }
    }

    private static String joined(List<ChunkChoice> news, Function<ChunkChoice, String> text) {
        return news.stream().map(text).collect(Collectors.joining());
    }

    private static List<String> arguments(ChatChoice choice) {
        return choice.getMessage().getToolCallsList().stream()
                .map(call -> call.getFunction().getArguments())
                .toList();
    }

    private static List<String> argumentsByIndex(List<ChunkChoice> news) {
        List<ToolCallDelta> deltas =
                news.stream().flatMap(n -> n.getDelta().getToolCallsList().stream()).toList();
        return deltas.stream()
                .map(ToolCallDelta::getIndex)
                .distinct()
                .sorted()
                .map(index ->
                        deltas.stream()
                                .filter(delta -> delta.getIndex() == index)
                                .map(delta -> delta.getFunction().getArguments())
                                .collect(Collectors.joining()))
                .toList();
    }

    @Provide
    Arbitrary<List<ChunkChoice>> news() {
        Arbitrary<Integer> index = Arbitraries.integers().between(0, 3);
        return Combinators.combine(index, Arbitraries.of(1, 2, 3, 4), Arbitraries.strings(), index)
                .as(WholeChatTest::news)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    private static ChunkChoice news(int choice, int kind, String text, int call) {
        ChunkChoice.Builder news = ChunkChoice.newBuilder().setIndex(choice);
        Delta.Builder delta = news.getDeltaBuilder();
        switch (kind) {
            case 1 -> delta.setContent(text);
            case 2 -> delta.setRefusal(text);
            case 3 -> delta.addToolCalls(toolCall(call).setFunction(arguments(text)));
            default -> news.setLogprobs(logprobs(text));
        }
        return news.build();
    }

    private static ToolCallDelta.Builder toolCall(int index) {
        return ToolCallDelta.newBuilder().setIndex(index);
    }

    private static FunctionCallDelta arguments(String text) {
        return FunctionCallDelta.newBuilder().setArguments(text).build();
    }

    private static ChoiceLogprobs logprobs(String token) {
        return ChoiceLogprobs.newBuilder()
                .addContent(TokenLogprob.newBuilder().setToken(token).setLogprob(-1))
                .build();
    }

    @Test
    void theEnvelopeTheUsageAndTheFinishReasonsAreThere() {
        WholeChat completion = new WholeChat();
        completion.send(chunk(choice(0).setFinishReason("length").build()));
        completion.send(chunk(choice(1).setFinishReason("stop").build()));
        Usage usage = Usage.newBuilder().setPromptTokens(3).setCompletionTokens(2).build();
        completion.send(ENVELOPE.toBuilder().setUsage(usage).setSystemFingerprint("fp").build());

        ChatCompletion whole = completion.toMessage();

        assertThat(whole.getId()).isEqualTo("chatcmpl-1");
        assertThat(whole.getCreated()).isEqualTo(7);
        assertThat(whole.getModel()).isEqualTo("m");
        assertThat(whole.getUsage()).isEqualTo(usage);
        assertThat(whole.getSystemFingerprint()).isEqualTo("fp");
        assertThat(whole.getChoicesList())
                .extracting(ChatChoice::getFinishReason)
                .containsExactly("length", "stop");
    }

    @Test
    void soundFunctionCallsAndSourcesGrowToo() {
        ChunkChoice.Builder first = choice(0);
        first.getDeltaBuilder()
                .setAudio(
                        AudioDelta.newBuilder()
                                .setId("audio_1")
                                .setData(ByteString.copyFromUtf8("ab"))
                                .setTranscript("He"))
                .setFunctionCall(FunctionCallDelta.newBuilder().setName("f").setArguments("{\"a"))
                .addAnnotations(source("one"));
        ChunkChoice.Builder second = choice(0);
        second.getDeltaBuilder()
                .setAudio(
                        AudioDelta.newBuilder()
                                .setData(ByteString.copyFromUtf8("c"))
                                .setExpiresAt(9)
                                .setTranscript("llo"))
                .setFunctionCall(FunctionCallDelta.newBuilder().setArguments("\": 1}"))
                .addAnnotations(source("two"));

        AssistantMessage message =
                fold(List.of(first.build(), second.build())).getChoices(0).getMessage();

        assertThat(message.hasContent()).isFalse();
        assertThat(message.getAudio().getId()).isEqualTo("audio_1");
        assertThat(message.getAudio().getData().toStringUtf8()).isEqualTo("abc");
        assertThat(message.getAudio().getExpiresAt()).isEqualTo(9);
        assertThat(message.getAudio().getTranscript()).isEqualTo("Hello");
        assertThat(message.getFunctionCall().getName()).isEqualTo("f");
        assertThat(message.getFunctionCall().getArguments()).isEqualTo("{\"a\": 1}");
        assertThat(message.getAnnotationsList()).containsExactly(source("one"), source("two"));
    }

    private static Annotation source(String title) {
        return Annotation.newBuilder()
                .setUrlCitation(UrlCitation.newBuilder().setTitle(title))
                .build();
    }

    @Test
    void aCustomToolsInputGrows() {
        ChunkChoice.Builder first = choice(0);
        first.getDeltaBuilder()
                .addToolCalls(
                        toolCall(0)
                                .setId("call_1")
                                .setType("custom")
                                .setCustom(
                                        CustomToolCallDelta.newBuilder()
                                                .setName("shell")
                                                .setInput("l")));
        ChunkChoice.Builder second = choice(0);
        second.getDeltaBuilder()
                .addToolCalls(
                        toolCall(0).setCustom(CustomToolCallDelta.newBuilder().setInput("s")));

        ToolCall call =
                fold(List.of(first.build(), second.build()))
                        .getChoices(0)
                        .getMessage()
                        .getToolCalls(0);

        assertThat(call.getId()).isEqualTo("call_1");
        assertThat(call.getCustom().getName()).isEqualTo("shell");
        assertThat(call.getCustom().getInput()).isEqualTo("ls");
    }

    @Test
    void anAnswerWithoutAnyTextHasAnEmptyOne() {
        ChatChoice choice = fold(List.of(choice(0).setFinishReason("stop").build())).getChoices(0);

        assertThat(choice.getMessage().hasContent()).isTrue();
        assertThat(choice.getMessage().getContent()).isEmpty();
        assertThat(choice.getMessage().getRole()).isEqualTo(Role.ROLE_ASSISTANT);
    }

    @Test
    void besideToolCallsAloneThereIsNoContent() {
        ChunkChoice.Builder news = choice(0);
        news.getDeltaBuilder().setContent("").addToolCalls(toolCall(0).setId("call_1"));

        assertThat(fold(List.of(news.build())).getChoices(0).getMessage().hasContent()).isFalse();
    }

    @Test
    void aToolCallIsNamedOnceHoweverOftenItsNameCame() {
        ToolCallDelta.Builder first = toolCall(0).setId("call_1").setType("function");
        first.getFunctionBuilder().setName("get_weather").setArguments("{\"city\":");
        ToolCallDelta.Builder second = toolCall(0).setId("call_1");
        second.getFunctionBuilder().setName("get_weather").setArguments("\"Paris\"}");
        ChunkChoice.Builder begin = choice(0);
        begin.getDeltaBuilder().addToolCalls(first);
        ChunkChoice.Builder more = choice(0);
        more.getDeltaBuilder().addToolCalls(second);

        ToolCall call =
                fold(List.of(begin.build(), more.build()))
                        .getChoices(0)
                        .getMessage()
                        .getToolCalls(0);

        assertThat(call.getId()).isEqualTo("call_1");
        assertThat(call.getFunction().getName()).isEqualTo("get_weather");
        assertThat(call.getFunction().getArguments()).isEqualTo("{\"city\":\"Paris\"}");
    }

    @Test
    void extraTextsAreJoinedAndOfOtherExtrasTheLastCounts() {
        ChunkChoice.Builder first = choice(0);
        first.getDeltaBuilder().putExtra("reasoning_content", "\"He\"").putExtra("n", "1");
        ChunkChoice.Builder second = choice(0);
        second.getDeltaBuilder().putExtra("reasoning_content", "\"llo\"").putExtra("n", "2");

        ChatCompletion whole = fold(List.of(first.build(), second.build()));

        assertThat(whole.getChoices(0).getMessage().getExtraMap())
                .containsEntry("reasoning_content", "\"Hello\"")
                .containsEntry("n", "2");
    }

    private static ChunkChoice.Builder choice(int index) {
        return ChunkChoice.newBuilder().setIndex(index).setDelta(Delta.getDefaultInstance());
    }

    private static ChatChunk chunk(ChunkChoice choice) {
        return ENVELOPE.toBuilder().addChoices(choice).build();
    }

    private static ChatCompletion fold(List<ChunkChoice> news) {
        WholeChat completion = new WholeChat();
        news.forEach(choice -> completion.send(chunk(choice)));
        return completion.toMessage();
    }
}
