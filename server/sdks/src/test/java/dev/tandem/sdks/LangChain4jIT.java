package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import dev.tandem.testtools.ServedGateway;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LangChain4j, with its HTTP client of the JDK, which asks for an upgrade to HTTP/2. */
@ExtendWith(OneServer.class)
class LangChain4jIT {
    private final ServedGateway server;

    LangChain4jIT(ServedGateway server) {
        this.server = server;
    }

    private OpenAiChatModelBuilder model() {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey(Texts.KEY)
                .modelName(Texts.MODEL)
                .temperature(0.0)
                .maxTokens(Texts.SHORT)
                .maxRetries(0)
                .timeout(Texts.SOON);
    }

    private OpenAiStreamingChatModelBuilder streaming() {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey(Texts.KEY)
                .modelName(Texts.MODEL)
                .temperature(0.0);
    }

    private static ChatResponse listen(OpenAiStreamingChatModel model, ChatListener listener)
            throws Exception {
        model.chat(Texts.QUESTION, listener);
        return listener.whole().get(60, TimeUnit.SECONDS);
    }

    @Test
    void answersWithUsage() {
        ChatResponse answer = model().build().chat(UserMessage.from(Texts.QUESTION));

        assertThat(answer.aiMessage().text()).contains("Paris");
        assertThat(answer.tokenUsage().totalTokenCount())
                .isEqualTo(
                        answer.tokenUsage().inputTokenCount()
                                + answer.tokenUsage().outputTokenCount());
    }

    @Test
    void streamsWithUsage() throws Exception {
        ChatListener listener = ChatListener.toTheEnd();

        ChatResponse whole = listen(streaming().maxTokens(Texts.SHORT).build(), listener);

        assertThat(whole.aiMessage().text())
                .isEqualTo(listener.heard())
                .isEqualTo(model().build().chat(Texts.QUESTION));
        assertThat(whole.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void takesAConversationAndParts() {
        assertThat(
                        model().build()
                                .chat(
                                        SystemMessage.from(Texts.SYSTEM),
                                        UserMessage.from(Texts.QUESTION),
                                        AiMessage.from(Texts.ANSWER),
                                        UserMessage.from(Texts.NEXT_QUESTION))
                                .aiMessage()
                                .text())
                .contains(Texts.NEXT_ANSWER);
        assertThat(
                        model().build()
                                .chat(
                                        UserMessage.from(
                                                TextContent.from("Name the capital "),
                                                TextContent.from("of France.")))
                                .aiMessage()
                                .text())
                .contains("Paris");
    }

    @Test
    void obeysTheParameters() {
        assertThat(model().stop(List.of("Paris")).build().chat(Texts.QUESTION))
                .doesNotContain("Paris");
        ChatResponse two = model().maxTokens(2).build().chat(UserMessage.from(Texts.QUESTION));
        assertThat(two.tokenUsage().outputTokenCount()).isEqualTo(2);
        OpenAiChatModel seeded = model().temperature(1.5).seed(42).build();
        assertThat(seeded.chat(Texts.QUESTION)).isEqualTo(seeded.chat(Texts.QUESTION));
        OpenAiChatModel narrow =
                model().temperature(1.5).customParameters(Map.of("top_k", 1)).build();
        assertThat(narrow.chat(Texts.QUESTION)).contains("Paris");
    }

    @Test
    void tellsLogprobs() {
        ChatResponse answer =
                model().logprobs(true)
                        .topLogprobs(2)
                        .build()
                        .chat(UserMessage.from(Texts.QUESTION));

        assertThat(((OpenAiChatResponseMetadata) answer.metadata()).logProbs()).isNotEmpty();
    }

    @Test
    void listsModels() {
        OpenAiModelCatalog catalog =
                OpenAiModelCatalog.builder().baseUrl(server.baseUrl()).apiKey(Texts.KEY).build();

        assertThat(catalog.listModels())
                .extracting(ModelDescription::name)
                .contains("SmolLM2-135M-Instruct");
    }

    @Test
    void showsWhyARequestIsRefused() {
        ToolSpecification tool =
                ToolSpecification.builder()
                        .name("weather")
                        .parameters(
                                JsonObjectSchema.builder()
                                        .addProperty("city", JsonRawSchema.from(Texts.STRANGE_CITY))
                                        .build())
                        .build();
        ChatRequest withTool =
                ChatRequest.builder()
                        .messages(UserMessage.from(Texts.QUESTION))
                        .toolSpecifications(tool)
                        .build();

        assertThatThrownBy(() -> model().modelName("nobody").build().chat(Texts.QUESTION))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContainingAll("model_not_found", "nobody");
        assertThatThrownBy(() -> model().temperature(3.0).build().chat(Texts.QUESTION))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("validation_failed", "\"param\":\"temperature\"");
        assertThatThrownBy(() -> model().build().chat(withTool))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("unsupported_value", Texts.STRANGE_TOOL_PLACE);
        assertThatThrownBy(() ->
                        listen(streaming().modelName("nobody").build(), ChatListener.toTheEnd()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ModelNotFoundException.class);
    }

    @Test
    void leavesStreams() throws Exception {
        OpenAiStreamingChatModel endless = streaming().logitBias(Texts.ENDLESS).build();
        for (int i = 0; i < Texts.STREAMS_TO_LEAVE; i++) {
            ChatListener listener = ChatListener.untilTheFirstText();
            endless.chat(Texts.QUESTION, listener);
            listener.left().get(60, TimeUnit.SECONDS);
        }

        assertThat(model().build().chat(Texts.QUESTION)).contains("Paris");
    }

    @Test
    void givesUpInTime() {
        OpenAiChatModel hasty =
                model().maxTokens(null).logitBias(Texts.ENDLESS).timeout(Texts.AT_ONCE).build();

        assertThatThrownBy(() -> hasty.chat(Texts.QUESTION)).isInstanceOf(TimeoutException.class);
        assertThat(model().build().chat(Texts.QUESTION)).contains("Paris");
    }

    @Test
    void completesAText() {
        OpenAiLanguageModel model =
                OpenAiLanguageModel.builder()
                        .baseUrl(server.baseUrl())
                        .apiKey(Texts.KEY)
                        .modelName(Texts.MODEL)
                        .temperature(0.0)
                        .build();

        assertThat(model.generate("The capital of France is").content()).contains("Paris");
    }

    @Test
    void embeds() {
        OpenAiEmbeddingModel model =
                OpenAiEmbeddingModel.builder()
                        .baseUrl(server.baseUrl())
                        .apiKey(Texts.KEY)
                        .modelName(Texts.EMBEDDING_MODEL)
                        .build();

        assertThat(
                        model.embedAll(
                                        List.of(
                                                TextSegment.from("a cat"),
                                                TextSegment.from("a tax return")))
                                .content())
                .hasSize(2)
                .allSatisfy(embedding -> assertThat(embedding.dimension()).isEqualTo(384));
    }
}
