package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.NamedFunction;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import dev.tandem.v1.Role;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolChoice;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** One table of requests that break rules: every wire says the same of each. */
class BadRequestTest {
    private static Fixture gateway;

    record Bad(ChatRequest.Builder request, List<String> fields) {
        Bad(ChatRequest.Builder request, String... fields) {
            this(request, List.of(fields));
        }

        @Override
        public String toString() {
            return String.join(", ", fields);
        }
    }

    static final List<Bad> TABLE =
            List.of(
                    new Bad(Fixture.request().clearModel(), "model"),
                    new Bad(Fixture.request().setModel("m".repeat(257)), "model"),
                    new Bad(Fixture.request().clearMessages(), "messages"),
                    new Bad(Fixture.request().setTemperature(2.5), "temperature"),
                    new Bad(
                            Fixture.request().setTemperature(-1).setTopP(1.5).setN(0),
                            "temperature",
                            "top_p",
                            "n"),
                    new Bad(Fixture.request().setMaxTokens(0), "max_tokens"),
                    new Bad(Fixture.request().setMaxCompletionTokens(-3), "max_completion_tokens"),
                    new Bad(Fixture.request().addStop("a").addStop(""), "stop[1]"),
                    new Bad(Fixture.request().putLogitBias("9", 101), "logit_bias[\"9\"]"),
                    new Bad(Fixture.request().setTopLogprobs(21), "top_logprobs"),
                    new Bad(
                            Fixture.request().addTools(tool("no spaces")),
                            "tools[0].function.name"),
                    new Bad(Fixture.request().setToolChoice(mode("maybe")), "tool_choice.mode"),
                    new Bad(
                            Fixture.request().addMessages(message(Role.ROLE_USER)),
                            "messages[1].content"),
                    new Bad(
                            Fixture.request().addMessages(message(Role.ROLE_TOOL).addContent(hi())),
                            "messages[1].tool_call_id"),
                    new Bad(Fixture.request().setTopLogprobs(2), "top_logprobs"),
                    new Bad(Fixture.request().setToolChoice(mode("auto")), "tool_choice"),
                    new Bad(
                            Fixture.request().addTools(tool("f")).setToolChoice(named("g")),
                            "tool_choice.function.name"),
                    new Bad(
                            Fixture.request().setResponseFormat(schemaFormat()),
                            "response_format.json_schema"),
                    new Bad(
                            Fixture.request()
                                    .addMessages(message(Role.ROLE_SYSTEM))
                                    .setTopLogprobs(1)
                                    .setToolChoice(mode("required")),
                            "messages[1].content",
                            "top_logprobs",
                            "tool_choice"));

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.saying("never"));
    }

    @AfterAll
    static void stop() {
        assertThat(gateway.engine.runs()).isEmpty();
        gateway.close();
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void everyWireSaysTheSame(Bad bad) {
        Reply<? extends Message> reference = call(Way.GRPC_WHOLE, bad);

        assertThat(reference.error().violations())
                .extracting(Violation::field)
                .containsExactlyElementsOf(bad.fields());
        assertThat(reference.error().violations())
                .allSatisfy(each -> assertThat(each.message()).matches("[A-Z].*\\."));
        for (Way way : Way.values()) {
            Reply<? extends Message> reply = call(way, bad);
            assertThat(reply.status())
                    .as("%s", way)
                    .isEqualTo(way.wire().status(Code.VALIDATION_FAILED));
            assertThat(reply.error().reason()).isEqualTo("validation_failed");
            assertThat(reply.error().violations())
                    .as("%s", way)
                    .isEqualTo(reference.error().violations());
            assertThat(reply.error().message()).isEqualTo(reference.error().message());
            assertThat(reply.error().param()).isEqualTo(bad.fields().getFirst());
            assertThat(reply.messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"GRPC_WHOLE", "REST", "REST_H2"})
    void optionsOfAStreamNeedAStream(Way way) {
        ChatRequest.Builder request = Fixture.request();
        request.getStreamOptionsBuilder().setIncludeUsage(true);

        assertThat(call(way, new Bad(request)).error().violations())
                .extracting(Violation::field)
                .containsExactly("stream_options");
    }

    private static Reply<? extends Message> call(Way way, Bad bad) {
        return gateway.call(way, bad.request().build(), Caller.PLAIN);
    }

    private static ChatMessage.Builder message(Role role) {
        return ChatMessage.newBuilder().setRole(role);
    }

    private static ContentPart.Builder hi() {
        return ContentPart.newBuilder().setText("hi");
    }

    private static Tool.Builder tool(String name) {
        return Tool.newBuilder().setFunction(FunctionTool.newBuilder().setName(name));
    }

    private static ToolChoice.Builder mode(String mode) {
        return ToolChoice.newBuilder().setMode(mode);
    }

    private static ToolChoice.Builder named(String name) {
        return ToolChoice.newBuilder().setFunction(NamedFunction.newBuilder().setName(name));
    }

    private static ResponseFormat.Builder schemaFormat() {
        return ResponseFormat.newBuilder()
                .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA);
    }
}
