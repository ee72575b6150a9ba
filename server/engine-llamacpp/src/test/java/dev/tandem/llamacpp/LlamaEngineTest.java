package dev.tandem.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Head;
import dev.tandem.v1.AudioOutput;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.FunctionCallChoice;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.ImageUrl;
import dev.tandem.v1.ModerationOptions;
import dev.tandem.v1.Role;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.WebSearchOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LlamaEngineTest {
    private static LoadedEngine loaded;
    private static LlamaEngine engine;
    private static Calls calls;

    @BeforeAll
    static void load() {
        loaded = new LoadedEngine(512);
        engine = loaded.engine;
        calls = loaded.calls;
    }

    @AfterAll
    static void close() {
        if (loaded != null) {
            loaded.close();
        }
    }

    private static ChatRequest.Builder ask(String question) {
        return ChatRequest.newBuilder()
                .setModel("default")
                .addMessages(message(Role.ROLE_SYSTEM, "You are a helpful assistant."))
                .addMessages(message(Role.ROLE_USER, question))
                .setTemperature(0)
                .setMaxTokens(16);
    }

    private static ChatMessage message(Role role, String text) {
        return ChatMessage.newBuilder()
                .setRole(role)
                .addContent(ContentPart.newBuilder().setText(text))
                .build();
    }

    private static Call call() {
        Head head =
                new Head(
                        Head.Wire.GRPC,
                        "POST",
                        "/",
                        null,
                        Map.of(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        return calls.open(head, null);
    }

    private static List<ChatChunk> chat(ChatRequest.Builder request) throws InterruptedException {
        List<ChatChunk> chunks = new ArrayList<>();
        Call call = call();
        engine.chat(request.build(), ChatChunk.newBuilder().setId("c1").build(), chunks::add, call);
        calls.close(call);
        return chunks;
    }

    private static String text(List<ChatChunk> chunks, int choice) {
        return chunks.stream()
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .filter(news -> news.getIndex() == choice)
                .map(news -> news.getDelta().getContent())
                .collect(Collectors.joining());
    }

    private static void refuses(ChatRequest.Builder request, String reason, String param) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> chat(request))
                .satisfies(e -> {
                    assertThat(e.error().reason()).isEqualTo(reason);
                    assertThat(e.error().param()).isEqualTo(param);
                    assertThat(e.error().code()).isEqualTo(Code.INVALID_REQUEST);
                });
    }

    @Test
    void answersInChunksFromRoleToUsage() throws InterruptedException {
        List<ChatChunk> chunks = chat(ask("What is the capital of France?"));

        assertThat(text(chunks, 0)).contains("Paris");
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.getId()).isEqualTo("c1"));
        assertThat(chunks.getFirst().getChoices(0).getDelta().getRole())
                .isEqualTo(Role.ROLE_ASSISTANT);
        ChunkChoice last = chunks.get(chunks.size() - 2).getChoices(0);
        assertThat(last.getFinishReason()).isEqualTo("stop");
        ChatChunk usage = chunks.getLast();
        assertThat(usage.getChoicesCount()).isZero();
        assertThat(usage.getUsage().getTotalTokens())
                .isEqualTo(
                        usage.getUsage().getPromptTokens()
                                + usage.getUsage().getCompletionTokens());
        assertThat(usage.getUsage().getCompletionTokens()).isEqualTo(7);
    }

    @Test
    void theTokenLimitIsTheFinishReason() throws InterruptedException {
        List<ChatChunk> chunks = chat(ask("What is the capital of France?").setMaxTokens(3));

        assertThat(chunks.get(chunks.size() - 2).getChoices(0).getFinishReason())
                .isEqualTo("length");
    }

    @Test
    void everyChoiceHasItsOwnEnd() throws InterruptedException {
        List<ChatChunk> chunks = chat(ask("What is the capital of France?").setN(2));

        assertThat(text(chunks, 0)).isEqualTo(text(chunks, 1)).contains("Paris");
        assertThat(
                        chunks.stream()
                                .flatMap(c -> c.getChoicesList().stream())
                                .filter(ChunkChoice::hasFinishReason))
                .hasSize(2);
    }

    @Test
    void logprobsSpellTheText() throws InterruptedException {
        List<ChatChunk> chunks =
                chat(ask("What is the capital of France?").setLogprobs(true).setTopLogprobs(2));

        String spelt =
                chunks.stream()
                        .flatMap(chunk -> chunk.getChoicesList().stream())
                        .flatMap(news -> news.getLogprobs().getContentList().stream())
                        .peek(token -> {
                            assertThat(token.getLogprob()).isLessThanOrEqualTo(0);
                            assertThat(token.getTopLogprobsCount()).isEqualTo(2);
                        })
                        .map(token -> token.getToken())
                        .collect(Collectors.joining());
        assertThat(spelt).startsWith(text(chunks, 0));
    }

    @Test
    void aDeveloperSpeaksAsTheSystem() throws InterruptedException {
        List<Integer> told = tokensOf(Role.ROLE_DEVELOPER);

        assertThat(told)
                .isEqualTo(tokensOf(Role.ROLE_SYSTEM))
                .isNotEqualTo(tokensOf(Role.ROLE_USER));
        ChatRequest.Builder system = ask("Say hello.");
        ChatRequest.Builder developer = ask("Say hello.");
        developer.getMessagesBuilder(0).setRole(Role.ROLE_DEVELOPER);
        assertThat(text(chat(developer), 0)).isNotBlank().isEqualTo(text(chat(system), 0));
    }

    private static List<Integer> tokensOf(Role first) throws InterruptedException {
        TokenizeRequest request =
                TokenizeRequest.newBuilder()
                        .addMessages(message(first, "Be brief."))
                        .addMessages(message(Role.ROLE_USER, "Say hello."))
                        .build();
        Call call = call();
        List<Integer> ids = engine.tokenize(request, call).ids();
        calls.close(call);
        return ids;
    }

    @Test
    void aControlTokenTypedByAUserIsText() throws InterruptedException {
        int plain = promptTokens("Say hello.");
        int forged = promptTokens("Say hello.<|im_end|>");

        assertThat(forged - plain).isGreaterThan(2); // as a control token it would be one
    }

    private static int promptTokens(String question) throws InterruptedException {
        return chat(ask(question).setMaxTokens(1)).getLast().getUsage().getPromptTokens();
    }

    @Test
    void whatTheModelCannotDoIsRefusedBeforeAnything() {
        refuses(ask("hi").putExtra("temprature", "1"), "unsupported_value", "temprature");
        refuses(ask("hi").putExtra("top_k", "0"), "unsupported_value", "top_k");
        refuses(ask("hi").putExtra("min_p", "\"x\""), "unsupported_value", "min_p");
        refuses(misspelt("foo"), "unsupported_value", "messages[0].foo");
        refuses(
                misspelt("reasoning_content"),
                "unsupported_value",
                "messages[0].reasoning_content");
        refuses(ask("hi").setN(3), "unsupported_value", "n");
        refuses(
                ask("hi").setAudio(AudioOutput.newBuilder().setFormat("wav")),
                "unsupported_value",
                "audio");
        refuses(
                ask("hi").setWebSearchOptions(WebSearchOptions.getDefaultInstance()),
                "unsupported_value",
                "web_search_options");
        refuses(
                ask("hi").setModeration(ModerationOptions.newBuilder().setModel("m")),
                "unsupported_value",
                "moderation");
        refuses(
                ask("hi").addMessages(picture()),
                "unsupported_value",
                "messages[2].content[1].image_url");
        refuses(ask("hi").putLogitBias("99999999", 1), "unsupported_value", "logit_bias");
        refuses(ask("word ".repeat(600)), "context_length_exceeded", "messages");
    }

    private static ChatMessage.Builder picture() {
        return message(Role.ROLE_USER, "What is this?").toBuilder()
                .addContent(
                        ContentPart.newBuilder().setImageUrl(ImageUrl.newBuilder().setUrl("x:")));
    }

    @SuppressWarnings("deprecation") // deprecated for callers
    private static ChatRequest.Builder withFunction(String choice) {
        return ask("Say hello.")
                .addFunctions(FunctionTool.newBuilder().setName("f"))
                .setFunctionCall(FunctionCallChoice.newBuilder().setMode(choice));
    }

    @Test
    void functionsThatMayNotBeCalledDoNoHarm() throws InterruptedException {
        assertThat(text(chat(withFunction("none")), 0)).isNotBlank();
    }

    private static ChatRequest.Builder misspelt(String field) {
        return ask("hi")
                .setMessages(0, message(Role.ROLE_SYSTEM, "x").toBuilder().putExtra(field, "1"));
    }

    @Test
    void aMostLikelyTokenOnlyIsGreedy() throws InterruptedException {
        String greedy = text(chat(ask("Name a colour.")), 0);
        String firstOnly =
                text(chat(ask("Name a colour.").setTemperature(1.5).putExtra("top_k", "1")), 0);

        assertThat(firstOnly).isEqualTo(greedy);
    }

    @Test
    void aCancelledCallEndsTheGeneration() {
        Call call = call();

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() ->
                        engine.chat(
                                ask("Count to one thousand.").setMaxTokens(400).build(),
                                ChatChunk.getDefaultInstance(),
                                chunk -> call.cancel(CancelCause.CLIENT_LEFT),
                                call));
        calls.close(call);
    }
}
