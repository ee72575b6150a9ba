package dev.tandem.upstream.openai;

import static dev.tandem.upstream.openai.OneChat.answering;
import static dev.tandem.upstream.openai.OneChat.streaming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.engines.Embeddings;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.testtools.RawServer;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EncodingFormat;
import dev.tandem.v1.Model;
import dev.tandem.v1.Prompt;
import dev.tandem.v1.TextCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Continuations, vectors and the list of models. */
@Timeout(30)
class OpenAiBesideChatTest {
    @Test
    void aPromptIsContinued() throws InterruptedException {
        List<TextCompletion> messages = new ArrayList<>();
        try (RawServer server =
                        streaming(
                                "{\"choices\":[{\"index\":0,\"text\":\"a\",\"logprobs\":null,"
                                        + "\"finish_reason\":null}]}",
                                "{\"choices\":[{\"index\":0,\"text\":\"b\",\"finish_reason\":\"length\"}]}",
                                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,"
                                        + "\"total_tokens\":3}}");
                Asked asked = Asked.of(server)) {
            Call call = asked.open(null);
            asked.engine.complete(
                    CompletionRequest.newBuilder()
                            .setModel("theirs")
                            .addPrompt(Prompt.newBuilder().setText("Once"))
                            .build(),
                    TextCompletion.newBuilder().setId("cmpl-1").build(),
                    messages::add,
                    call);
            asked.calls.close(call);

            assertThat(server.peers().getFirst().requests().getFirst().body())
                    .contains("\"prompt\":\"Once\"", "\"include_usage\":true");
        }
        assertThat(messages).allMatch(message -> message.getId().equals("cmpl-1"));
        assertThat(
                        messages.stream()
                                .flatMap(m -> m.getChoicesList().stream())
                                .map(choice -> choice.getText())
                                .collect(Collectors.joining()))
                .isEqualTo("ab");
        assertThat(messages.getLast().getUsage().getTotalTokens()).isEqualTo(3);
    }

    @Test
    void vectorsComeInTheOrderOfTheInputs() throws InterruptedException {
        Embeddings vectors =
                embed(
                        "{\"object\":\"list\",\"data\":[{\"index\":1,\"embedding\":[0.5,1]},"
                                + "{\"index\":0,\"embedding\":\"AACAPwAAAEA=\"}],\"usage\":{\"prompt_tokens\":4,"
                                + "\"total_tokens\":4}}");

        assertThat(vectors.vectors().get(0)).containsExactly(1f, 2f);
        assertThat(vectors.vectors().get(1)).containsExactly(0.5f, 1f);
        assertThat(vectors.promptTokens()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1,2]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[\"NaN\"]}]}",
                "[]",
                "{\"data\""
            })
    void vectorsThatAreNotOnePerInputAreAnError(String answer) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> embed(answer))
                .satisfies(e -> assertThat(e.error().reason()).isEqualTo("upstream_error"));
    }

    private static Embeddings embed(String answer) throws InterruptedException {
        try (RawServer server = answering("200 OK", answer);
                Asked asked = Asked.of(server)) {
            Call call = asked.open(null);
            try {
                return asked.engine.embed(
                        EmbeddingRequest.newBuilder()
                                .setModel("theirs")
                                .setEncodingFormat(EncodingFormat.ENCODING_FORMAT_BASE64)
                                .addInput(EmbeddingInput.newBuilder().setText("a"))
                                .addInput(EmbeddingInput.newBuilder().setText("b"))
                                .build(),
                        call);
            } finally {
                asked.calls.close(call);
            }
        }
    }

    @Test
    void theServersModelsAreListed() throws InterruptedException {
        try (RawServer server =
                        answering(
                                "200 OK",
                                "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\",\"created\":1,"
                                        + "\"owned_by\":\"them\",\"permission\":[]}]}");
                Asked asked = Asked.of(server)) {
            Call call = asked.open(null);
            List<Model> models = asked.engine.models(call);
            asked.calls.close(call);

            assertThat(models).extracting(Model::getId).containsExactly("m");
            assertThat(server.peers().getFirst().requests().getFirst().head())
                    .startsWith("GET /v1/models HTTP/1.1");
        }
    }
}
