package dev.tandem.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.NamedFunction;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import dev.tandem.v1.Role;
import dev.tandem.v1.StreamOptions;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolCall;
import dev.tandem.v1.ToolChoice;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatRulesTest {
    private static final ContentPart HI = ContentPart.newBuilder().setText("hi").build();

    @Test
    void anOrdinaryRequestBreaksNothing() {
        assertThat(paths(request())).isEmpty();
        assertThat(ChatRules.ofStream(request().build())).isEmpty();
    }

    @Test
    void everyMessageNeedsContent() {
        assertThat(paths(request().addMessages(message(Role.ROLE_USER))))
                .containsExactly("messages[1].content");
    }

    @Test
    void anAssistantWhoCalledOrRefusedNeedsNone() {
        ChatMessage.Builder calling =
                message(Role.ROLE_ASSISTANT).addToolCalls(ToolCall.newBuilder().setId("call_1"));
        ChatMessage.Builder refusing = message(Role.ROLE_ASSISTANT).setRefusal("no");

        assertThat(paths(request().addMessages(calling).addMessages(refusing))).isEmpty();
        assertThat(paths(request().addMessages(message(Role.ROLE_ASSISTANT))))
                .containsExactly("messages[1].content");
    }

    @Test
    void aToolsMessageNamesItsCallAndNoOtherDoes() {
        ChatMessage.Builder unnamed = message(Role.ROLE_TOOL).addContent(HI);
        ChatMessage.Builder user = message(Role.ROLE_USER).addContent(HI).setToolCallId("call_1");

        assertThat(paths(request().addMessages(unnamed).addMessages(user)))
                .containsExactly("messages[1].tool_call_id", "messages[2].tool_call_id");
    }

    @Test
    void onlyAnAssistantCallsTools() {
        ChatMessage.Builder user =
                message(Role.ROLE_USER).addContent(HI).addToolCalls(ToolCall.newBuilder());

        assertThat(paths(request().addMessages(user))).containsExactly("messages[1].tool_calls");
    }

    @Test
    void topLogprobsNeedLogprobs() {
        assertThat(paths(request().setTopLogprobs(2))).containsExactly("top_logprobs");
        assertThat(paths(request().setTopLogprobs(2).setLogprobs(true))).isEmpty();
        assertThat(paths(request().setTopLogprobs(0))).isEmpty();
    }

    @Test
    void streamOptionsNeedAStream() {
        ChatRequest request =
                request().setStreamOptions(StreamOptions.getDefaultInstance()).build();

        assertThat(ChatRules.ofComplete(request))
                .extracting(Violation::field)
                .containsExactly("stream_options");
        assertThat(ChatRules.ofStream(request)).isEmpty();
    }

    @Test
    void aToolChoiceNeedsTools() {
        assertThat(paths(request().setToolChoice(mode("auto")))).containsExactly("tool_choice");
        assertThat(paths(request().setToolChoice(mode("none")))).isEmpty();
        assertThat(paths(request().setToolChoice(mode("auto")).addTools(tool("f")))).isEmpty();
    }

    @Test
    void aNamedToolIsOneOfTheTools() {
        ToolChoice.Builder choice =
                ToolChoice.newBuilder().setFunction(NamedFunction.newBuilder().setName("g"));

        assertThat(paths(request().setToolChoice(choice).addTools(tool("f"))))
                .containsExactly("tool_choice.function.name");
        assertThat(paths(request().setToolChoice(choice).addTools(tool("g")))).isEmpty();
    }

    @Test
    void toolsHaveDifferentNames() {
        assertThat(paths(request().addTools(tool("f")).addTools(tool("f"))))
                .containsExactly("tools[1].function.name");
    }

    @Test
    void aSchemaIsThereExactlyWhereTheFormatNeedsOne() {
        ResponseFormat.Builder lacking =
                ResponseFormat.newBuilder()
                        .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA);
        ResponseFormat.Builder idle =
                ResponseFormat.newBuilder()
                        .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_TEXT)
                        .setJsonSchema(JsonSchemaFormat.newBuilder().setName("s"));

        assertThat(paths(request().setResponseFormat(lacking)))
                .containsExactly("response_format.json_schema");
        assertThat(paths(request().setResponseFormat(idle)))
                .containsExactly("response_format.json_schema");
    }

    @Test
    void schemasAreJsonObjects() {
        Tool.Builder good = tool("f");
        good.getFunctionBuilder().setParameters("{\"type\": \"object\"}");
        Tool.Builder text = tool("g");
        text.getFunctionBuilder().setParameters("{oops");
        Tool.Builder number = tool("h");
        number.getFunctionBuilder().setParameters("5");
        ResponseFormat.Builder format =
                ResponseFormat.newBuilder()
                        .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA)
                        .setJsonSchema(JsonSchemaFormat.newBuilder().setName("s").setSchema("[]"));

        assertThat(
                        paths(
                                request()
                                        .addTools(good)
                                        .addTools(text)
                                        .addTools(number)
                                        .setResponseFormat(format)))
                .containsExactly(
                        "tools[1].function.parameters",
                        "tools[2].function.parameters",
                        "response_format.json_schema.schema");
    }

    @Test
    void allThatIsBrokenIsToldAtOnceInTheRequestsOrder() {
        ChatRequest.Builder request =
                ChatRequest.newBuilder()
                        .addMessages(message(Role.ROLE_USER))
                        .setTopLogprobs(1)
                        .setStreamOptions(StreamOptions.getDefaultInstance())
                        .setToolChoice(mode("required"));

        assertThat(paths(request))
                .containsExactly(
                        "messages[0].content", "top_logprobs", "stream_options", "tool_choice");
    }

    private static List<String> paths(ChatRequest.Builder request) {
        return ChatRules.ofComplete(request.build()).stream().map(Violation::field).toList();
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.newBuilder()
                .setModel("m")
                .addMessages(message(Role.ROLE_USER).addContent(HI));
    }

    private static ChatMessage.Builder message(Role role) {
        return ChatMessage.newBuilder().setRole(role);
    }

    private static ToolChoice.Builder mode(String mode) {
        return ToolChoice.newBuilder().setMode(mode);
    }

    private static Tool.Builder tool(String name) {
        return Tool.newBuilder().setFunction(FunctionTool.newBuilder().setName(name));
    }
}
