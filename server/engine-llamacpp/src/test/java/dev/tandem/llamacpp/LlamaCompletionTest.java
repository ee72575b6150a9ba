package dev.tandem.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.engines.Tokens;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.ImageUrl;
import dev.tandem.v1.Prompt;
import dev.tandem.v1.Role;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TextCompletionChoice;
import dev.tandem.v1.TextLogprobs;
import dev.tandem.v1.TokenIds;
import dev.tandem.v1.TokenizeRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Continuations and tokens with the real model. */
class LlamaCompletionTest {
    private static final String PROMPT = "The capital of France is";

    private static LoadedEngine loaded;
    private static LlamaEngine engine;
    private static Calls calls;

    @BeforeAll
    static void load() {
        loaded = new LoadedEngine(256);
        engine = loaded.engine;
        calls = loaded.calls;
    }

    @AfterAll
    static void close() {
        if (loaded != null) {
            loaded.close();
        }
    }

    private static CompletionRequest.Builder after(String text) {
        return CompletionRequest.newBuilder()
                .setModel("default")
                .addPrompt(Prompt.newBuilder().setText(text))
                .setTemperature(0)
                .setMaxTokens(8);
    }

    private static CompletionRequest.Builder after(List<Integer> tokens) {
        return after("")
                .setPrompt(
                        0, Prompt.newBuilder().setTokens(TokenIds.newBuilder().addAllIds(tokens)));
    }

    private static List<TextCompletion> complete(CompletionRequest.Builder request)
            throws InterruptedException {
        Head head =
                new Head(
                        Head.Wire.GRPC,
                        "POST",
                        "/",
                        null,
                        Map.of(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        Call call = calls.open(head, null);
        List<TextCompletion> pieces = new ArrayList<>();
        engine.complete(request.build(), TextCompletion.getDefaultInstance(), pieces::add, call);
        calls.close(call);
        return pieces;
    }

    private static List<TextCompletionChoice> choice(List<TextCompletion> pieces, int index) {
        return pieces.stream()
                .flatMap(piece -> piece.getChoicesList().stream())
                .filter(choice -> choice.getIndex() == index)
                .toList();
    }

    private static String text(List<TextCompletion> pieces) {
        return choice(pieces, 0).stream()
                .map(TextCompletionChoice::getText)
                .collect(Collectors.joining());
    }

    private static TextLogprobs logprobs(List<TextCompletion> pieces) {
        TextLogprobs.Builder all = TextLogprobs.newBuilder();
        choice(pieces, 0).forEach(news -> all.mergeFrom(news.getLogprobs()));
        return all.build();
    }

    private static List<Integer> split(String text) throws InterruptedException {
        return engine.tokenize(TokenizeRequest.newBuilder().setPrompt(text).build(), call()).ids();
    }

    private static Call call() {
        return calls.open(
                new Head(
                        Head.Wire.GRPC,
                        "POST",
                        "/",
                        null,
                        Map.of(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                null);
    }

    @Test
    void aTextAndItsTokensAreContinuedAlike() throws InterruptedException {
        List<TextCompletion> ofText = complete(after(PROMPT));
        List<TextCompletion> ofTokens = complete(after(split(PROMPT)));

        assertThat(text(ofText)).contains("Paris").isEqualTo(text(ofTokens));
        assertThat(ofText.getLast().getChoicesList()).isEmpty();
        assertThat(ofText.getLast().getUsage().getPromptTokens()).isEqualTo(split(PROMPT).size());
        assertThat(ofText.getLast().getUsage().getCompletionTokens()).isEqualTo(8);
        assertThat(choice(ofText, 0).getLast().getFinishReason()).isEqualTo("length");
    }

    @Test
    void sixteenTokensAreGeneratedUnlessTold() throws InterruptedException {
        List<TextCompletion> pieces = complete(after(PROMPT).clearMaxTokens());

        assertThat(pieces.getLast().getUsage().getCompletionTokens()).isLessThanOrEqualTo(16);
        assertThat(choice(pieces, 0).getLast().getFinishReason()).isNotEmpty();
    }

    @Test
    void anEchoComesFirstInEveryChoice() throws InterruptedException {
        List<TextCompletion> pieces = complete(after(PROMPT).setEcho(true).setN(2));

        for (int index : List.of(0, 1)) {
            assertThat(choice(pieces, index).getFirst().getText()).startsWith(PROMPT);
        }
        assertThat(text(pieces)).isEqualTo(PROMPT + text(complete(after(PROMPT))));
    }

    @Test
    void anEchoOfNothingMoreGeneratesNothing() throws InterruptedException {
        List<TextCompletion> pieces =
                complete(after(PROMPT).setEcho(true).setMaxTokens(0).setLogprobs(1));

        assertThat(text(pieces)).isEqualTo(PROMPT);
        assertThat(logprobs(pieces).getTokensList()).hasSize(split(PROMPT).size());
        assertThat(choice(pieces, 0).getLast().getFinishReason()).isEqualTo("length");
        assertThat(pieces.getLast().getUsage().getCompletionTokens()).isZero();
    }

    @Test
    void theLogprobsOfAnEchoAreThoseThatTheModelGaveWhenItWroteTheText()
            throws InterruptedException {
        CompletionRequest.Builder writing = after(PROMPT).setMaxTokens(30).setLogprobs(2);
        List<TextCompletion> written = complete(writing);
        TextLogprobs atWriting = logprobs(written);
        List<Integer> whole = new ArrayList<>(split(PROMPT));
        whole.addAll(split(text(written)));

        TextLogprobs echoed =
                logprobs(complete(after(whole).setEcho(true).setMaxTokens(0).setLogprobs(2)));

        int from = split(PROMPT).size();
        assertThat(echoed.getTokensList().subList(from, whole.size()))
                .isEqualTo(atWriting.getTokensList());
        for (int i = 0; i < atWriting.getTokensCount(); i++) {
            assertThat(echoed.getTokenLogprobs(from + i).getLogprob())
                    .as(atWriting.getTokens(i))
                    .isCloseTo(atWriting.getTokenLogprobs(i).getLogprob(), within(0.25));
        }
    }

    @Test
    void logprobsStandInColumnsOfOneLength() throws InterruptedException {
        List<TextCompletion> pieces = complete(after(PROMPT).setEcho(true).setLogprobs(2));
        TextLogprobs columns = logprobs(pieces);
        String text = text(pieces);
        int tokens = columns.getTokensCount();

        assertThat(columns.getTokenLogprobsCount()).isEqualTo(tokens);
        assertThat(columns.getTopLogprobsCount()).isEqualTo(tokens);
        assertThat(columns.getTextOffsetCount()).isEqualTo(tokens);
        assertThat(columns.getTokenLogprobs(0).hasLogprob()).isFalse();
        assertThat(columns.getTopLogprobs(0).hasNullValue()).isTrue();
        assertThat(String.join("", columns.getTokensList())).isEqualTo(text);
        assertThat(IntStream.range(0, tokens))
                .allSatisfy(i ->
                        assertThat(text.substring(columns.getTextOffset(i)))
                                .startsWith(columns.getTokens(i)));
        assertThat(IntStream.range(1, tokens))
                .allSatisfy(i -> {
                    assertThat(columns.getTokenLogprobs(i).getLogprob()).isLessThanOrEqualTo(0);
                    assertThat(columns.getTopLogprobs(i).getStructValue().getFieldsMap())
                            .hasSizeBetween(2, 3)
                            .containsKey(columns.getTokens(i));
                });
    }

    @Test
    void withoutAlternativesTheirColumnIsEmpty() throws InterruptedException {
        TextLogprobs columns = logprobs(complete(after(PROMPT).setLogprobs(0)));

        assertThat(columns.getTopLogprobsList()).isEmpty();
        assertThat(columns.getTokensList()).isNotEmpty();
    }

    @Test
    void theNameOfAControlTokenInATextIsText() throws InterruptedException {
        int plain = complete(after("Hi")).getLast().getUsage().getPromptTokens();
        int forged = complete(after("Hi<|im_end|>")).getLast().getUsage().getPromptTokens();

        assertThat(forged - plain).isGreaterThan(2);
        assertThat(split("Hi<|im_end|>")).hasSize(forged);
    }

    @Test
    void whatTheModelCannotDoIsRefused() {
        refuses(after("a").setSuffix("b"), "unsupported_value", "suffix");
        refuses(after("a").setBestOf(2), "unsupported_value", "best_of");
        refuses(after("a").setN(3), "unsupported_value", "n");
        refuses(after("a").putExtra("tok_k", "1"), "unsupported_value", "tok_k");
        refuses(after(List.of(99_999_999)), "unsupported_value", "prompt");
        refuses(after(List.of(-1)), "unsupported_value", "prompt");
        refuses(after("").setMaxTokens(1), "unsupported_value", "prompt");
        refuses(after("word ".repeat(600)), "context_length_exceeded", "prompt");
        refuses(after("word ".repeat(600_000)), "context_length_exceeded", "prompt");
        assertThat(engine.capabilities())
                .containsExactlyInAnyOrder(
                        Capability.CAPABILITY_CHAT,
                        Capability.CAPABILITY_COMPLETION,
                        Capability.CAPABILITY_TOKENIZE);
    }

    private static void refuses(CompletionRequest.Builder request, String reason, String param) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> complete(request))
                .satisfies(e -> {
                    assertThat(e.error().reason()).isEqualTo(reason);
                    assertThat(e.error().param()).isEqualTo(param);
                });
    }

    @Test
    void tokensOfATextJoinToTheText() throws InterruptedException {
        String text = "Grüß Gott, 世界! 👋<|im_start|>";
        Tokens tokens =
                engine.tokenize(
                        TokenizeRequest.newBuilder()
                                .setPrompt(text)
                                .setReturnTokenStrs(true)
                                .build(),
                        call());

        assertThat(join(tokens.ids())).isEqualTo(text);
        assertThat(tokens.texts()).hasSameSizeAs(tokens.ids()).contains("Gr");
        assertThat(split("")).isEmpty();
    }

    private static String join(List<Integer> ids) {
        return engine.detokenize(DetokenizeRequest.newBuilder().addAllTokens(ids).build(), call());
    }

    @Test
    void aConversationIsSplitAsTheModelReadsIt() throws InterruptedException {
        TokenizeRequest.Builder request =
                TokenizeRequest.newBuilder()
                        .addMessages(
                                ChatMessage.newBuilder()
                                        .setRole(Role.ROLE_USER)
                                        .addContent(ContentPart.newBuilder().setText("Hi")));

        String open = join(engine.tokenize(request.build(), call()).ids());
        String closed =
                join(engine.tokenize(request.setAddGenerationPrompt(false).build(), call()).ids());

        assertThat(open).contains("<|im_start|>user\nHi<|im_end|>").endsWith("assistant\n");
        assertThat(open).startsWith(closed).isNotEqualTo(closed);
    }

    @Test
    void tokensThatAreNoneAndTextsTooLongAreRefused() {
        BiConsumer<TokenizeRequest.Builder, String> refused =
                (request, param) ->
                        assertThatExceptionOfType(ApiException.class)
                                .isThrownBy(() -> engine.tokenize(request.build(), call()))
                                .satisfies(e -> assertThat(e.error().param()).isEqualTo(param));

        refused.accept(TokenizeRequest.newBuilder().setPrompt("x".repeat(1_000_000)), "prompt");
        refused.accept(
                TokenizeRequest.newBuilder()
                        .addMessages(
                                ChatMessage.newBuilder()
                                        .setRole(Role.ROLE_USER)
                                        .addContent(
                                                ContentPart.newBuilder()
                                                        .setImageUrl(
                                                                ImageUrl.newBuilder()
                                                                        .setUrl("data:,")))),
                "messages[0].content[0].image_url");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> join(List.of(1, -5)))
                .satisfies(e -> {
                    assertThat(e.error().param()).isEqualTo("tokens");
                    assertThat(e.error().message()).contains("4294967291 at place 1");
                });
    }
}
