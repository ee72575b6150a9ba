package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnprocessableEntityException;
import dev.tandem.testtools.ServedGateway;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatModel.ResponseFormat;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Spring AI, without Spring Boot. */
@ExtendWith(OneServer.class)
class SpringAiIT {
    private final ServedGateway server;

    SpringAiIT(ServedGateway server) {
        this.server = server;
    }

    private OpenAiChatOptions.Builder options() {
        return OpenAiChatOptions.builder()
                .baseUrl(server.baseUrl())
                .apiKey(Texts.KEY)
                .maxRetries(0)
                .timeout(Texts.SOON)
                .model(Texts.MODEL)
                .temperature(0.0)
                .maxTokens(Texts.SHORT);
    }

    private static OpenAiChatModel model(OpenAiChatOptions.Builder options) {
        return OpenAiChatModel.builder().options(options.build()).build();
    }

    private static String ask(OpenAiChatOptions.Builder options) {
        return text(model(options).call(new Prompt(Texts.QUESTION)));
    }

    private static String text(ChatResponse response) {
        return response.getResults().stream()
                .map(each -> Objects.requireNonNullElse(each.getOutput().getText(), ""))
                .collect(Collectors.joining());
    }

    @Test
    void answersWithUsage() {
        ChatResponse answer = model(options()).call(new Prompt(Texts.QUESTION));

        assertThat(text(answer)).contains("Paris");
        assertThat(answer.getMetadata().getUsage().getPromptTokens()).isPositive();
        assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isPositive();
    }

    @Test
    void streamsWithUsage() {
        List<ChatResponse> parts =
                model(options().streamUsage(true)).stream(new Prompt(Texts.QUESTION))
                        .toStream()
                        .toList();

        assertThat(parts.stream().map(SpringAiIT::text).collect(Collectors.joining()))
                .isEqualTo(ask(options()));
        assertThat(parts.getLast().getMetadata().getUsage().getCompletionTokens()).isPositive();
    }

    @Test
    void takesAConversation() {
        Prompt prompt =
                new Prompt(
                        new SystemMessage(Texts.SYSTEM),
                        new UserMessage(Texts.QUESTION),
                        new AssistantMessage(Texts.ANSWER),
                        new UserMessage(Texts.NEXT_QUESTION));

        assertThat(text(model(options()).call(prompt))).contains(Texts.NEXT_ANSWER);
    }

    @Test
    void obeysTheParameters() {
        assertThat(ask(options().stop(List.of("Paris")))).doesNotContain("Paris");
        ChatResponse two = model(options().maxTokens(2)).call(new Prompt(Texts.QUESTION));
        assertThat(two.getMetadata().getUsage().getCompletionTokens()).isEqualTo(2);
        ChatResponse several =
                model(options().n(2).temperature(1.0)).call(new Prompt(Texts.QUESTION));
        assertThat(several.getResults()).hasSize(2);
        assertThat(ask(options().temperature(1.5).seed(42)))
                .isEqualTo(ask(options().temperature(1.5).seed(42)));
        assertThat(ask(options().temperature(1.5).extraBody(Map.of("top_k", 1)))).contains("Paris");
    }

    private static <E extends OpenAIServiceException> void assertRefused(
            Class<E> type, String code, String param, OpenAiChatOptions.Builder options) {
        OpenAIServiceException refused = catchThrowableOfType(type, () -> ask(options));

        assertThat(refused).isNotNull();
        assertThat(refused.code()).contains(code);
        assertThat(refused.param()).contains(param);
    }

    @Test
    void showsWhyARequestIsRefused() {
        ToolCallback tool =
                FunctionToolCallback.builder("weather", () -> "rain")
                        .description("Tells the weather.")
                        .inputSchema(Texts.STRANGE_SCHEMA)
                        .inputType(Void.class)
                        .build();
        ResponseFormat form =
                ResponseFormat.builder()
                        .type(ResponseFormat.Type.JSON_SCHEMA)
                        .jsonSchema(Texts.STRANGE_SCHEMA)
                        .build();

        assertRefused(
                NotFoundException.class, "model_not_found", "model", options().model("nobody"));
        assertRefused(
                UnprocessableEntityException.class,
                "validation_failed",
                "temperature",
                options().temperature(3.0));
        assertRefused(
                BadRequestException.class,
                "unsupported_value",
                Texts.STRANGE_TOOL_PLACE,
                options().toolCallbacks(tool));
        assertRefused(
                BadRequestException.class,
                "unsupported_value",
                Texts.STRANGE_FORM_PLACE,
                options().responseFormat(form));
    }

    @Test
    void leavesStreams() {
        OpenAiChatModel endless = model(options().maxTokens(null).logitBias(Texts.ENDLESS));
        for (int i = 0; i < Texts.STREAMS_TO_LEAVE; i++) {
            ChatResponse first =
                    endless.stream(new Prompt(Texts.QUESTION))
                            .filter(part -> !text(part).isEmpty())
                            .blockFirst(Texts.SOON);
            assertThat(first).isNotNull();
        }

        assertThat(ask(options())).contains("Paris");
    }

    @Test
    void givesUpInTime() {
        OpenAiChatOptions.Builder endless =
                options().maxTokens(null).logitBias(Texts.ENDLESS).timeout(Texts.AT_ONCE);

        assertThatThrownBy(() -> ask(endless)).isInstanceOf(OpenAIIoException.class);
        assertThat(ask(options())).contains("Paris");
    }

    @Test
    void embeds() {
        OpenAiEmbeddingOptions options =
                OpenAiEmbeddingOptions.builder()
                        .baseUrl(server.baseUrl())
                        .apiKey(Texts.KEY)
                        .model(Texts.EMBEDDING_MODEL)
                        .build();
        OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder().options(options).build();

        assertThat(model.embed(List.of("a cat", "a tax return")))
                .hasSize(2)
                .allSatisfy(embedding -> assertThat(embedding).hasSize(384));
    }
}
