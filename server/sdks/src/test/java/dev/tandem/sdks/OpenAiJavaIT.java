package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams.LogitBias;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.tandem.testtools.ServedGateway;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official OpenAI SDK for Java. */
@ExtendWith(OneServer.class)
class OpenAiJavaIT {
    private static final Map<String, JsonValue> STRANGE =
            Map.of(
                    "type", JsonValue.from("object"),
                    "properties",
                            JsonValue.from(Map.of("city", Map.of("not", Map.of("type", "null")))),
                    "required", JsonValue.from(List.of("city")),
                    "additionalProperties", JsonValue.from(false));

    private final OpenAIClient client;

    OpenAiJavaIT(ServedGateway server) {
        client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(server.baseUrl())
                        .apiKey(Texts.KEY)
                        .maxRetries(0)
                        .build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static ChatCompletionCreateParams.Builder request() {
        return ChatCompletionCreateParams.builder().model(Texts.MODEL).temperature(0.0);
    }

    private static ChatCompletionCreateParams.Builder question() {
        return request().maxCompletionTokens(Texts.SHORT).addUserMessage(Texts.QUESTION);
    }

    private static ChatCompletionCreateParams.Builder endless() {
        LogitBias.Builder bias = LogitBias.builder();
        Texts.ENDLESS.forEach(
                (token, value) -> bias.putAdditionalProperty(token, JsonValue.from(value)));
        return request().addUserMessage(Texts.QUESTION).logitBias(bias.build());
    }

    private ChatCompletion ask(ChatCompletionCreateParams.Builder request) {
        return client.chat().completions().create(request.build());
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElseThrow();
    }

    private static String text(Stream<ChatCompletionChunk> chunks) {
        return String.join(
                "",
                chunks.flatMap(chunk -> chunk.choices().stream())
                        .flatMap(choice -> choice.delta().content().stream())
                        .toList());
    }

    /** In time only where no left stream keeps a slot. */
    private void assertServes() {
        ChatCompletion answer =
                client.withOptions(options -> options.timeout(Texts.SOON))
                        .chat()
                        .completions()
                        .create(question().build());
        assertThat(text(answer)).contains("Paris");
    }

    @Test
    void answersWithUsage() {
        ChatCompletion answer = ask(question());

        assertThat(text(answer)).contains("Paris");
        assertThat(answer.id()).startsWith("chatcmpl-");
        assertThat(answer.usage().orElseThrow().totalTokens())
                .isEqualTo(
                        answer.usage().orElseThrow().promptTokens()
                                + answer.usage().orElseThrow().completionTokens());
        assertThat(answer.validate()).isSameAs(answer);
    }

    @Test
    void streamsWithUsage() {
        ChatCompletionCreateParams request =
                question()
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request)) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();

            assertThat(text(chunks.stream())).isEqualTo(text(ask(question())));
            assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isPositive();
        }
    }

    @Test
    void answersAndStreamsAsynchronously() throws Exception {
        String expected = text(ask(question()));
        List<CompletableFuture<ChatCompletion>> answers =
                IntStream.range(0, 4)
                        .mapToObj(
                                i -> client.async().chat().completions().create(question().build()))
                        .toList();
        for (CompletableFuture<ChatCompletion> answer : answers) {
            assertThat(text(answer.get(60, TimeUnit.SECONDS))).isEqualTo(expected);
        }

        StringBuilder said = new StringBuilder();
        AsyncStreamResponse<ChatCompletionChunk> stream =
                client.async().chat().completions().createStreaming(question().build());
        stream.subscribe(chunk -> said.append(text(Stream.of(chunk))))
                .onCompleteFuture()
                .get(60, TimeUnit.SECONDS);
        assertThat(said).hasToString(expected);
    }

    @Test
    void takesAConversationAndParts() {
        assertThat(
                        text(
                                ask(
                                        request()
                                                .maxCompletionTokens(Texts.SHORT)
                                                .addSystemMessage(Texts.SYSTEM)
                                                .addUserMessage(Texts.QUESTION)
                                                .addAssistantMessage(Texts.ANSWER)
                                                .addUserMessage(Texts.NEXT_QUESTION))))
                .contains(Texts.NEXT_ANSWER);

        List<ChatCompletionContentPart> parts =
                Stream.of("Name the capital ", "of France.")
                        .map(part -> ChatCompletionContentPartText.builder().text(part).build())
                        .map(ChatCompletionContentPart::ofText)
                        .toList();
        assertThat(
                        text(
                                ask(
                                        request()
                                                .maxCompletionTokens(Texts.SHORT)
                                                .addUserMessageOfArrayOfContentParts(parts))))
                .contains("Paris");
    }

    @Test
    @SuppressWarnings("deprecation") // the SDK would rather have no seed
    void obeysTheParameters() {
        assertThat(text(ask(question().stop("Paris")))).doesNotContain("Paris");
        ChatCompletion two = ask(question().maxCompletionTokens(2));
        assertThat(two.usage().orElseThrow().completionTokens()).isEqualTo(2);
        assertThat(ask(question().n(2).temperature(1.0)).choices())
                .extracting(ChatCompletion.Choice::index)
                .containsExactly(0L, 1L);
        assertThat(text(ask(question().temperature(1.5).seed(42))))
                .isEqualTo(text(ask(question().temperature(1.5).seed(42))));
        JsonValue one = JsonValue.from(1);
        assertThat(text(ask(question().temperature(1.5).putAdditionalBodyProperty("top_k", one))))
                .contains("Paris");
    }

    @Test
    void tellsLogprobs() {
        ChatCompletion answer = ask(question().logprobs(true).topLogprobs(2));

        assertThat(answer.choices().getFirst().logprobs().orElseThrow().content().orElseThrow())
                .isNotEmpty()
                .allSatisfy(token -> assertThat(token.topLogprobs()).hasSize(2));
    }

    @Test
    void listsModels() {
        Model one = client.models().retrieve(Texts.MODEL);

        assertThat(client.models().list().data()).extracting(Model::id).contains(one.id());
    }

    private <E extends OpenAIServiceException> void assertRefused(
            Class<E> type, String code, String param, ChatCompletionCreateParams.Builder request) {
        OpenAIServiceException refused = catchThrowableOfType(type, () -> ask(request));

        assertThat(refused).isNotNull();
        assertThat(refused.code()).contains(code);
        assertThat(refused.param()).contains(param);
        assertThat(refused.headers().values("x-request-id")).hasSize(1);
    }

    @Test
    void showsWhyARequestIsRefused() {
        ChatCompletionFunctionTool tool =
                ChatCompletionFunctionTool.builder()
                        .function(
                                FunctionDefinition.builder()
                                        .name("weather")
                                        .parameters(
                                                FunctionParameters.builder()
                                                        .putAllAdditionalProperties(STRANGE)
                                                        .build())
                                        .build())
                        .build();
        ResponseFormatJsonSchema form =
                ResponseFormatJsonSchema.builder()
                        .jsonSchema(
                                ResponseFormatJsonSchema.JsonSchema.builder()
                                        .name("weather")
                                        .schema(
                                                ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                                        .putAllAdditionalProperties(STRANGE)
                                                        .build())
                                        .build())
                        .build();

        assertRefused(
                NotFoundException.class, "model_not_found", "model", question().model("nobody"));
        assertRefused(
                UnprocessableEntityException.class,
                "validation_failed",
                "temperature",
                question().temperature(3.0));
        assertRefused(
                BadRequestException.class,
                "context_length_exceeded",
                "messages",
                question().addUserMessage("word ".repeat(20_000)));
        assertRefused(
                BadRequestException.class,
                "unsupported_value",
                Texts.STRANGE_TOOL_PLACE,
                question().addTool(tool));
        assertRefused(
                BadRequestException.class,
                "unsupported_value",
                Texts.STRANGE_FORM_PLACE,
                question().responseFormat(form));
        assertThatThrownBy(() ->
                        client.chat()
                                .completions()
                                .createStreaming(question().model("nobody").build()))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void leavesStreams() {
        for (int i = 0; i < Texts.STREAMS_TO_LEAVE; i++) {
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(endless().build())) {
                assertThat(stream.stream().findFirst()).isPresent();
            }
        }
        assertServes();
    }

    /** From its handler: closed by another thread, the SDK would keep the connection. */
    @Test
    void leavesStreamsAsynchronously() throws Exception {
        for (int i = 0; i < Texts.STREAMS_TO_LEAVE; i++) {
            AsyncStreamResponse<ChatCompletionChunk> stream =
                    client.async().chat().completions().createStreaming(endless().build());
            stream.subscribe(chunk -> stream.close()).onCompleteFuture().get(60, TimeUnit.SECONDS);
        }
        assertServes();
    }

    @Test
    void givesUpInTime() {
        assertThatThrownBy(() ->
                        client.withOptions(options -> options.timeout(Texts.AT_ONCE))
                                .chat()
                                .completions()
                                .create(endless().build()))
                .isInstanceOf(OpenAIIoException.class);
        InternalServerException late =
                catchThrowableOfType(
                        InternalServerException.class,
                        () -> ask(endless().putAdditionalHeader("x-request-timeout", "0.3")));
        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.code()).contains("deadline_exceeded");
        assertServes();
    }

    @Test
    void completesAText() {
        CompletionCreateParams request =
                CompletionCreateParams.builder()
                        .model(Texts.MODEL)
                        .prompt("The capital of France is")
                        .temperature(0.0)
                        .maxTokens(Texts.SHORT)
                        .build();

        assertThat(client.completions().create(request).choices().getFirst().text())
                .contains("Paris");
    }

    @Test
    void embeds() {
        EmbeddingCreateParams request =
                EmbeddingCreateParams.builder()
                        .model(Texts.EMBEDDING_MODEL)
                        .inputOfArrayOfStrings(List.of("a cat", "a tax return"))
                        .build();

        assertThat(client.embeddings().create(request).data())
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.embedding()).hasSize(384));
    }
}
