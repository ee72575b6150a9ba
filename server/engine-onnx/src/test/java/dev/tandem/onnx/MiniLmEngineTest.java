package dev.tandem.onnx;

import static dev.tandem.onnx.Calling.refusal;
import static dev.tandem.onnx.Calling.texts;
import static dev.tandem.onnx.Calling.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.RerankDocument;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.TokenizeRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine with the real model. */
@Timeout(120)
class MiniLmEngineTest {
    private static MiniLmEngine engine;

    private final Calls calls = new Calls(() -> "req_1");
    private final Call call = Calling.call(calls);

    @BeforeAll
    static void open() {
        engine = new MiniLmEngine(new MiniLmOptions(MiniLmTest.LIBRARY, 2, 1, 8));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @AfterEach
    void endCalls() {
        calls.close();
    }

    @Test
    void eachInputHasItsVectorAndAllTokensAreCounted() throws InterruptedException {
        Embeddings answer = engine.embed(texts("Hello, world!", "a kitten", "👍🏽"), call);
        assertThat(answer.vectors())
                .hasSize(3)
                .allSatisfy(vector -> assertThat(vector).hasSize(384));
        assertThat(answer.promptTokens()).isEqualTo(6 + 4 + 3);
        assertThat(answer.vectors().get(1))
                .isEqualTo(engine.embed(texts("a kitten"), call).vectors().getFirst());
    }

    @Test
    void tokensAreTheirText() throws InterruptedException {
        EmbeddingRequest request =
                EmbeddingRequest.newBuilder()
                        .addInput(tokens(7592, 2088)) // hello world
                        .addInput(tokens(101, 7592, 2088, 102))
                        .build();
        float[] text = engine.embed(texts("hello world"), call).vectors().getFirst();
        Embeddings answer = engine.embed(request, call);
        assertThat(answer.vectors()).containsExactly(text, text);
        assertThat(answer.promptTokens()).isEqualTo(8);
    }

    @Test
    void twoThousandInputsKeepTheirOrder() throws InterruptedException {
        List<String> texts = IntStream.range(0, 2048).mapToObj(i -> "number " + i).toList();
        Embeddings answer = engine.embed(texts(texts), call);
        assertThat(answer.vectors()).hasSize(2048);
        for (int i : new int[] {0, 1, 1000, 2047}) {
            assertThat(answer.vectors().get(i))
                    .isEqualTo(engine.embed(texts(texts.get(i)), call).vectors().getFirst());
        }
    }

    @Test
    void anInputLongerThanTheContextIsRefusedWithTheNumbers() throws InterruptedException {
        String longest = "word ".repeat(510);
        assertThat(engine.embed(texts(longest), call).promptTokens()).isEqualTo(512);

        ApiError error = refusal(() -> engine.embed(texts("short", longest + "word"), call));
        assertThat(error.reason()).isEqualTo("context_length_exceeded");
        assertThat(error.param()).isEqualTo("input[1]");
        assertThat(error.message()).contains("512").contains("513");
    }

    @Test
    void anUnknownTokenIsNamedByItsPlace() {
        EmbeddingRequest request =
                texts("a", "b", "c").toBuilder()
                        .addInput(tokens(1, 2, 3, 4, 5, 6, 7, 30_522))
                        .build();
        ApiError error = refusal(() -> engine.embed(request, call));
        assertThat(error.reason()).isEqualTo("unsupported_value");
        assertThat(error.param()).isEqualTo("input[3][7]");
        assertThat(error.message()).contains("30522").contains("0 to 30521");

        ApiError huge =
                refusal(() ->
                        engine.embed(
                                EmbeddingRequest.newBuilder().addInput(tokens(-1)).build(), call));
        assertThat(huge.message()).contains("4294967295");
    }

    @Test
    void emptyInputsAreNamed() {
        assertThat(refusal(() -> engine.embed(texts("a", ""), call)).param()).isEqualTo("input[1]");
        EmbeddingRequest noTokens = EmbeddingRequest.newBuilder().addInput(tokens()).build();
        assertThat(refusal(() -> engine.embed(noTokens, call)).param()).isEqualTo("input[0]");
    }

    @Test
    void onlyTheModelsOwnDimensionsAreTaken() throws InterruptedException {
        EmbeddingRequest request = texts("a");
        assertThat(engine.embed(request.toBuilder().setDimensions(384).build(), call).vectors())
                .hasSize(1);
        ApiError error =
                refusal(() -> engine.embed(request.toBuilder().setDimensions(256).build(), call));
        assertThat(error.reason()).isEqualTo("unsupported_value");
        assertThat(error.param()).isEqualTo("dimensions");
        assertThat(error.message()).contains("384");
    }

    @Test
    void aFieldThatTheModelDoesNotKnowIsRefused() {
        EmbeddingRequest request =
                texts("a").toBuilder().putExtra("input_type", "\"query\"").build();
        assertThat(refusal(() -> engine.embed(request, call)).param()).isEqualTo("input_type");
    }

    @Test
    void documentsAreScoredByTheirMeaning() throws InterruptedException {
        RerankRequest request =
                RerankRequest.newBuilder()
                        .setQuery("What is the capital of France?")
                        .addDocuments(document("Bananas are yellow."))
                        .addDocuments(document("Paris is the capital of France."))
                        .addDocuments(document("Berlin is the capital of Germany."))
                        .build();
        Relevance answer = engine.rerank(request, call);
        assertThat(answer.scores()).hasSize(3).allSatisfy(s -> assertThat(s).isBetween(0.0, 1.0));
        assertThat(answer.scores().get(1))
                .isGreaterThan(answer.scores().get(2) + 0.1)
                .isGreaterThan(0.7);
        assertThat(answer.scores().get(2)).isGreaterThan(answer.scores().getFirst() + 0.1);
        assertThat(answer.promptTokens()).isEqualTo(9 + 6 + 9 + 9);
    }

    @Test
    void aLongDocumentIsNamed() {
        RerankRequest request =
                RerankRequest.newBuilder()
                        .setQuery("q")
                        .addDocuments(document("fits"))
                        .addDocuments(document("word ".repeat(600)))
                        .build();
        assertThat(refusal(() -> engine.rerank(request, call)).param()).isEqualTo("documents[1]");
    }

    private static RerankDocument document(String text) {
        return RerankDocument.newBuilder().setText(text).build();
    }

    @Test
    void textsBecomeTokensAndTextsAgain() {
        TokenizeRequest.Builder request =
                TokenizeRequest.newBuilder().setPrompt("Embeddings, [SEP]");
        Tokens tokens = engine.tokenize(request.setReturnTokenStrs(true).build(), call);
        assertThat(tokens.texts())
                .containsExactly(
                        "[CLS]", "em", "##bed", "##ding", "##s", ",", "[", "sep", "]", "[SEP]");
        assertThat(tokens.ids()).hasSize(10).startsWith(101).endsWith(102);

        Tokens bare =
                engine.tokenize(
                        request.setReturnTokenStrs(false).setAddSpecialTokens(false).build(), call);
        assertThat(bare.ids()).isEqualTo(tokens.ids().subList(1, 9));
        assertThat(bare.texts()).isEmpty();

        DetokenizeRequest back = DetokenizeRequest.newBuilder().addAllTokens(bare.ids()).build();
        assertThat(engine.detokenize(back, call)).isEqualTo("embeddings, [ sep ]");
    }

    @Test
    void tokensOfNoVocabularyAndConversationsAreRefused() {
        DetokenizeRequest ids =
                DetokenizeRequest.newBuilder().addTokens(5).addTokens(40_000).build();
        assertThat(refusal(() -> engine.detokenize(ids, call)).param()).isEqualTo("tokens[1]");
        TokenizeRequest chat =
                TokenizeRequest.newBuilder().addMessages(ChatMessage.getDefaultInstance()).build();
        assertThat(refusal(() -> engine.tokenize(chat, call)).param()).isEqualTo("messages");
    }

    @Test
    void aCancelledRequestEndsWithinAQuarterOfASecond() throws Exception {
        engine.embed(texts("loads the model"), call);
        Duration rule = Duration.ofMillis(250);
        Duration took = rule;
        for (int i = 0; i < 4 && took.compareTo(rule) >= 0; i++) { // the machine may be busy
            took = untilEnded(Calling.call(calls));
        }
        assertThat(took).isLessThan(rule);
    }

    private static Duration untilEnded(Call leaving) throws Exception {
        EmbeddingRequest big =
                texts(Stream.generate(() -> "word ".repeat(200)).limit(2048).toList());
        CompletableFuture<Thread> begun = new CompletableFuture<>();
        FutureTask<Embeddings> work =
                new FutureTask<>(() -> {
                    begun.complete(Thread.currentThread());
                    return engine.embed(big, leaving);
                });
        Thread thread = Thread.ofVirtual().start(work);
        begun.get();
        await(() -> thread.getState() == Thread.State.WAITING);
        long begin = System.nanoTime();
        leaving.cancel(CancelCause.CLIENT_LEFT);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> work.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(CancelledException.class);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void theDeadlineEndsTheWork() throws Exception {
        engine.embed(texts("loads the model"), call);
        EmbeddingRequest big =
                texts(Stream.generate(() -> "word ".repeat(200)).limit(2048).toList());
        Duration limit = Duration.ofMillis(200);
        long begin = System.nanoTime();
        Call limited = Calling.call(calls, limit);
        FutureTask<ApiError> work =
                new FutureTask<>(() -> Pipeline.work(limited, () -> engine.embed(big, limited)));
        Thread.ofVirtual().start(work);

        assertThat(work.get(10, TimeUnit.SECONDS).reason()).isEqualTo("deadline_exceeded");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(limit, limit.plusSeconds(5));
    }

    @Test
    void aRequestTooManyIsSentAwayForASecond() throws Exception {
        EmbeddingRequest big =
                texts(Stream.generate(() -> "word ".repeat(400)).limit(500).toList());
        Call second = Calling.call(calls);
        try (var small = new MiniLmEngine(new MiniLmOptions(MiniLmTest.LIBRARY, 1, 1, 0))) {
            small.embed(texts("loads the model"), call);
            FutureTask<Embeddings> work = new FutureTask<>(() -> small.embed(big, call));
            Thread thread = Thread.ofVirtual().start(work);
            await(() -> thread.getState() == Thread.State.WAITING);

            ApiError error = refusal(() -> small.embed(texts("one more"), second));
            assertThat(error.reason()).isEqualTo("overloaded");
            assertThat(error.code().http()).isEqualTo(503);
            assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(1));

            call.cancel(CancelCause.CLIENT_LEFT);
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(work::get);
            assertThat(small.embed(texts("one more"), second).vectors()).hasSize(1);
        }
    }

    @Test
    void aModelThatCannotBeLoadedFailsItsRequestsOnly() throws Exception {
        var file = Files.createTempFile("no", "folder");
        try (var broken = new MiniLmEngine(new MiniLmOptions(file, 1, 1, 0))) {
            assertThat(refusal(() -> broken.embed(texts("a"), call)).reason())
                    .isEqualTo("engine_failed");
            assertThat(refusal(() -> broken.embed(texts("a"), call)).reason())
                    .isEqualTo("engine_failed");
            assertThat(broken.ready()).isFalse();
        } finally {
            Files.delete(file);
        }
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
