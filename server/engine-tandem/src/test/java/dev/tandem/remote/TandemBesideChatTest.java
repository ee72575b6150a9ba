package dev.tandem.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.Model;
import dev.tandem.v1.Prompt;
import dev.tandem.v1.RerankDocument;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TokenizeRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes to another server and comes from it, beside chats and errors. */
@Timeout(60)
class TandemBesideChatTest {
    private final ScriptedEngine scripted = new ScriptedEngine(Script.saying("a"));
    private final Connected connected = Connected.to(scripted);
    private final TandemEngine engine = connected.engine();
    private final OwnCall own = new OwnCall();

    @AfterEach
    void close() {
        own.close();
        connected.close();
    }

    @Test
    void modelsAreListed() throws InterruptedException {
        assertThat(engine.models(own.call()).stream().map(Model::getId)).containsExactly("own");
    }

    @Test
    void continuationsHaveThisServersEnvelope() throws InterruptedException {
        List<TextCompletion> told = new ArrayList<>();
        engine.complete(
                CompletionRequest.newBuilder()
                        .setModel("own")
                        .addPrompt(Prompt.newBuilder().setText("Once"))
                        .build(),
                TextCompletion.newBuilder().setId("cmpl-1").setCreated(9).setModel("ours").build(),
                told::add,
                own.call());

        assertThat(told)
                .isNotEmpty()
                .allSatisfy(each -> {
                    assertThat(each.getId()).isEqualTo("cmpl-1");
                    assertThat(each.getCreated()).isEqualTo(9);
                    assertThat(each.getModel()).isEqualTo("ours");
                });
        assertThat(told.getLast().hasUsage()).isTrue();
    }

    @Test
    void vectorsAreThoseOfTheOtherServer() throws InterruptedException {
        EmbeddingRequest request =
                EmbeddingRequest.newBuilder()
                        .setModel("own")
                        .addInput(EmbeddingInput.newBuilder().setText("a cat"))
                        .addInput(EmbeddingInput.newBuilder().setText("a dog"))
                        .build();

        var ours = engine.embed(request, own.call());

        var theirs = scripted.embed(request, own.call());
        assertThat(ours.promptTokens()).isEqualTo(theirs.promptTokens());
        assertThat(ours.vectors()).hasSize(2);
        assertThat(ours.vectors().getFirst()).isEqualTo(theirs.vectors().getFirst());
        assertThat(ours.vectors().getLast()).isEqualTo(theirs.vectors().getLast());
    }

    @Test
    void scoresAreInTheDocumentsOrder() throws InterruptedException {
        RerankRequest request =
                RerankRequest.newBuilder()
                        .setModel("own")
                        .setQuery("cat")
                        .addDocuments(RerankDocument.newBuilder().setText("a cat"))
                        .addDocuments(RerankDocument.newBuilder().setText("stocks"))
                        .setTopN(1)
                        .build();

        assertThat(engine.rerank(request, own.call()))
                .isEqualTo(scripted.rerank(request, own.call()));
    }

    @Test
    void tokensGoBothWays() throws InterruptedException {
        TokenizeRequest request =
                TokenizeRequest.newBuilder()
                        .setModel("own")
                        .setPrompt("häh")
                        .setReturnTokenStrs(true)
                        .build();

        var tokens = engine.tokenize(request, own.call());

        assertThat(tokens).isEqualTo(scripted.tokenize(request, own.call()));
        assertThat(
                        engine.detokenize(
                                DetokenizeRequest.newBuilder()
                                        .setModel("own")
                                        .addAllTokens(tokens.ids())
                                        .build(),
                                own.call()))
                .isEqualTo("häh");
    }
}
