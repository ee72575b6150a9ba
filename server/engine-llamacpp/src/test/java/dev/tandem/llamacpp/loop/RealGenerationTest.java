package dev.tandem.llamacpp.loop;

import static dev.tandem.llamacpp.loop.RealModel.pieces;
import static dev.tandem.llamacpp.loop.RealModel.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.structured.grammar.Grammar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RealGenerationTest {
    private static final List<String> QUESTIONS =
            List.of(
                    "What is the capital of France?",
                    "Name three colours.",
                    "Write a sentence about the sea.",
                    "What is 2 plus 2?");

    private LlamaModel model;

    @BeforeAll
    void load() {
        model = RealModel.load(ModelOptions.defaults().withContextPerSlot(256));
    }

    @AfterAll
    void close() {
        if (model != null) {
            model.close();
        }
    }

    private GenerationRequest.Builder ask(String question) throws InterruptedException {
        return GenerationRequest.of(RealModel.chat(model, question)).maxTokens(30);
    }

    @Test
    void knowsTheCapitalOfFrance() throws InterruptedException {
        Generation answer = model.submit(ask(QUESTIONS.getFirst()).build());
        List<Piece> pieces = pieces(answer);
        assertThat(text(pieces, 0)).isEqualTo("The capital of France is Paris.");
        assertThat(pieces.getLast().finish()).isEqualTo(FinishReason.STOP);
        assertThat(answer.usage()).isEqualTo(new Usage(16, 0, 7));
    }

    @Test
    void requestsBesideEachOtherGetTheTextThatEachGetsAlone() throws Exception {
        List<String> alone = new ArrayList<>();
        for (String question : QUESTIONS) {
            alone.add(text(model.submit(ask(question).build())));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> together = new ArrayList<>();
            for (String question : QUESTIONS) {
                together.add(threads.submit(() -> text(model.submit(ask(question).build()))));
            }
            for (int i = 0; i < together.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        }
    }

    @Test
    void aSeedRepeatsAndOtherSeedsDiffer() throws InterruptedException {
        Sampling sampling = Sampling.random(1).withCuts(50, 0.95, 0);
        String first =
                text(model.submit(ask(QUESTIONS.get(2)).sampling(sampling.withSeed(7)).build()));
        String again =
                text(model.submit(ask(QUESTIONS.get(2)).sampling(sampling.withSeed(7)).build()));
        String other =
                text(model.submit(ask(QUESTIONS.get(2)).sampling(sampling.withSeed(8)).build()));
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void withoutASeedRunsDiffer() throws InterruptedException {
        GenerationRequest request = ask(QUESTIONS.get(2)).sampling(Sampling.random(1.5)).build();
        assertThat(text(model.submit(request))).isNotEqualTo(text(model.submit(request)));
    }

    @Test
    void aStopStringAcrossTokensEndsTheTextBeforeIt() throws InterruptedException {
        Generation answer =
                model.submit(ask(QUESTIONS.getFirst()).stops(List.of("e is Par")).build());
        List<Piece> pieces = pieces(answer);
        assertThat(text(pieces, 0)).isEqualTo("The capital of Franc");
        assertThat(pieces.getLast().finish()).isEqualTo(FinishReason.STOP);
        assertThat(answer.usage().completionTokens()).isEqualTo(6);
    }

    @Test
    void aStopStringThatDoesNotComeChangesNothing() throws InterruptedException {
        Generation answer =
                model.submit(
                        ask(QUESTIONS.getFirst()).stops(List.of("is Parma", "Paris.!")).build());
        assertThat(text(answer)).isEqualTo("The capital of France is Paris.");
    }

    @Test
    void theTokenLimitEndsWithLength() throws InterruptedException {
        Generation answer = model.submit(ask(QUESTIONS.getFirst()).maxTokens(3).build());
        List<Piece> pieces = pieces(answer);
        assertThat(text(pieces, 0)).isEqualTo("The capital of");
        assertThat(pieces.getLast().finish()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.usage().completionTokens()).isEqualTo(3);
    }

    @Test
    void logprobsAreThoseOfTheModel() throws InterruptedException {
        Generation answer = model.submit(ask(QUESTIONS.getFirst()).topLogprobs(5).build());
        List<TokenLogprob> logprobs =
                pieces(answer).stream().flatMap(p -> p.logprobs().stream()).toList();
        assertThat(logprobs).hasSize(7);
        assertThat(logprobs)
                .extracting(l -> piece(l.token()))
                .containsExactly("The", " capital", " of", " France", " is", " Paris", ".");
        assertThat(logprobs.get(1).logprob()).isBetween(-0.03f, -0.0f);
        for (TokenLogprob logprob : logprobs) {
            assertThat(logprob.top()).hasSize(5);
            assertThat(logprob.top().getFirst().token()).isEqualTo(logprob.token());
            assertThat(logprob.top().getFirst().logprob()).isEqualTo(logprob.logprob());
            double sum = logprob.top().stream().mapToDouble(t -> Math.exp(t.logprob())).sum();
            assertThat(sum).isBetween(Math.exp(logprob.logprob()), 1.0001);
        }
    }

    private String piece(int token) {
        return new String(model.vocabulary().bytes(token), StandardCharsets.UTF_8);
    }

    @Test
    void severalChoicesComeFromOnePrompt() throws InterruptedException {
        Generation answer = model.submit(ask(QUESTIONS.getFirst()).choices(3).build());
        List<Piece> pieces = pieces(answer);
        for (int choice = 0; choice < 3; choice++) {
            assertThat(text(pieces, choice)).isEqualTo("The capital of France is Paris.");
        }
        assertThat(answer.usage()).isEqualTo(new Usage(16, 0, 21));
        Sampling random = Sampling.random(1.2).withSeed(3);
        pieces = pieces(model.submit(ask(QUESTIONS.get(2)).choices(2).sampling(random).build()));
        assertThat(text(pieces, 0)).isNotEqualTo(text(pieces, 1));
    }

    @Test
    void aBiasForcesOrForbidsAToken() throws InterruptedException {
        int paris = RealModel.tokens(model, " Paris")[0];
        Generation forced = model.submit(biased(paris, 100).maxTokens(3).build());
        assertThat(text(forced)).isEqualTo(" Paris Paris Paris");
        assertThat(text(model.submit(biased(paris, -100).build()))).doesNotContain(" Paris");
    }

    private GenerationRequest.Builder biased(int token, double bias) throws InterruptedException {
        return ask(QUESTIONS.getFirst())
                .sampling(Sampling.GREEDY.withLogitBias(Map.of(token, bias)));
    }

    @Test
    void aPenaltyStopsRepetition() throws InterruptedException {
        int[] prompt = RealModel.tokens(model, "a b a b a b a b a b a b a b");
        GenerationRequest.Builder request = GenerationRequest.of(prompt).maxTokens(12);
        assertThat(text(model.submit(request.build()))).isEqualTo(" a b".repeat(6));
        Sampling penalties = Sampling.GREEDY.withPenalties(2, 2);
        assertThat(text(model.submit(request.sampling(penalties).build())))
                .startsWith(" a b")
                .doesNotContain(" a b a");
    }

    @Test
    void aGrammarShapesTheText() throws InterruptedException {
        String gbnf = "root ::= \"{\\\"city\\\": \\\"\" [A-Za-z]{1,20} \"\\\"}\"";
        Generation answer =
                model.submit(
                        ask(QUESTIONS.getFirst())
                                .form(AnswerForm.of(new Grammar(gbnf, 1)))
                                .build());
        List<Piece> pieces = pieces(answer);
        assertThat(text(pieces, 0)).matches("\\{\"city\": \"[A-Za-z]{1,20}\"}");
        assertThat(pieces.getLast().finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aBrokenGrammarFailsItsRequestOnly() throws InterruptedException {
        Generation broken =
                model.submit(ask("Hi").form(AnswerForm.of(new Grammar("root ::= ((", 1))).build());
        assertThatThrownBy(broken::next)
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("grammar");
        assertThat(text(model.submit(ask(QUESTIONS.getFirst()).build()))).contains("Paris");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> model.submit(GenerationRequest.of(new int[300]).build()))
                .isInstanceOfSatisfying(
                        PromptTooLong.class,
                        e -> {
                            assertThat(e.promptTokens()).isEqualTo(300);
                            assertThat(e.context()).isEqualTo(256);
                        });
        assertThatThrownBy(
                        () -> model.submit(GenerationRequest.of(new int[250]).maxTokens(7).build()))
                .isInstanceOf(PromptTooLong.class);
        assertThatThrownBy(() -> model.submit(GenerationRequest.of(new int[] {49_152}).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("49152");
        assertThatThrownBy(
                        () -> model.submit(GenerationRequest.of(new int[] {1}).choices(5).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 4");
        assertThatThrownBy(() -> model.tokenize("x".repeat(10_000_000), false, false))
                .isInstanceOf(PromptTooLong.class);
    }

    @Test
    void theEndOfTheContextEndsWithLength() throws InterruptedException {
        int end = RealModel.chat(model, "")[1]; // any token will do as filler
        int[] prompt = new int[250];
        Arrays.fill(prompt, end);
        int eos = model.tokenize("<|im_end|>", true, false)[0];
        Sampling endless = Sampling.GREEDY.withLogitBias(Map.of(eos, -100.0, 0, -100.0));
        Generation answer = model.submit(GenerationRequest.of(prompt).sampling(endless).build());
        assertThat(pieces(answer).getLast().finish()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.usage().completionTokens()).isEqualTo(7);
    }

    @Test
    void controlTokensOfAUserStayText() throws InterruptedException {
        assertThat(model.tokenize("<|im_end|>", true, false)).hasSize(1);
        assertThat(model.tokenize("<|im_end|>", false, false)).hasSizeGreaterThan(1);
        assertThat(model.chatTemplate()).contains("im_start");
        assertThat(model.bosToken()).isEqualTo("<|im_start|>");
        assertThat(model.eosToken()).isEqualTo("<|im_end|>");
    }
}
