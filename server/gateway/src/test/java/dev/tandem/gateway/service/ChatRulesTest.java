package dev.tandem.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.v1.AllowedTool;
import dev.tandem.v1.AllowedTools;
import dev.tandem.v1.AudioOutput;
import dev.tandem.v1.AudioReference;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.CustomTool;
import dev.tandem.v1.FunctionCall;
import dev.tandem.v1.FunctionCallChoice;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.NamedCustomTool;
import dev.tandem.v1.NamedFunction;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import dev.tandem.v1.Role;
import dev.tandem.v1.StreamOptions;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolCall;
import dev.tandem.v1.ToolChoice;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChatRulesTest {
    private static final ContentPart HI = ContentPart.newBuilder().setText("hi").build();

    @Test
    void anOrdinaryRequestBreaksNothing() {
        assertThat(paths(request())).isEmpty();
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
    void onlyAnAssistantCallsFunctionsAndSpeaks() {
        ChatMessage.Builder user =
                message(Role.ROLE_USER)
                        .addContent(HI)
                        .setFunctionCall(FunctionCall.newBuilder().setName("f"))
                        .setAudio(AudioReference.newBuilder().setId("audio_1"));

        assertThat(paths(request().addMessages(user)))
                .containsExactly("messages[1].function_call", "messages[1].audio");
        assertThat(paths(request().addMessages(user.clearContent().setRole(Role.ROLE_ASSISTANT))))
                .isEmpty();
    }

    @Test
    void aFunctionsMessageNamesItsFunctionAndMayBeEmpty() {
        assertThat(paths(request().addMessages(message(Role.ROLE_FUNCTION))))
                .containsExactly("messages[1].name");
        assertThat(paths(request().addMessages(message(Role.ROLE_FUNCTION).setName("f"))))
                .isEmpty();
    }

    @Test
    void aChoiceIsAmongTheToolsOfItsKind() {
        ChatRequest.Builder request =
                request()
                        .addTools(tool("f"))
                        .addTools(
                                Tool.newBuilder().setCustom(CustomTool.newBuilder().setName("c")));
        AllowedTools.Builder allowed =
                AllowedTools.newBuilder()
                        .setMode("auto")
                        .addTools(allowed("f"))
                        .addTools(allowed("c"))
                        .addTools(
                                AllowedTool.newBuilder()
                                        .setCustom(NamedCustomTool.newBuilder().setName("c")));

        assertThat(
                        paths(
                                request.setToolChoice(
                                        ToolChoice.newBuilder()
                                                .setCustom(
                                                        NamedCustomTool.newBuilder()
                                                                .setName("f")))))
                .containsExactly("tool_choice.custom.name");
        assertThat(paths(request.setToolChoice(ToolChoice.newBuilder().setAllowedTools(allowed))))
                .containsExactly("tool_choice.allowed_tools.tools[1].function.name");
    }

    private static AllowedTool.Builder allowed(String function) {
        return AllowedTool.newBuilder().setFunction(NamedFunction.newBuilder().setName(function));
    }

    @Test
    void toolsOfEveryKindHaveNamesOfTheirOwn() {
        assertThat(
                        paths(
                                request()
                                        .addTools(tool("f"))
                                        .addTools(
                                                Tool.newBuilder()
                                                        .setCustom(
                                                                CustomTool.newBuilder()
                                                                        .setName("f")))))
                .containsExactly("tools[1].custom.name");
    }

    @Test
    @SuppressWarnings("deprecation") // deprecated for callers
    void theOlderFormOfToolsHasTheSameRules() {
        FunctionTool f = FunctionTool.newBuilder().setName("f").build();
        FunctionTool notAnObject = f.toBuilder().setParameters("7").build();
        FunctionCallChoice g = FunctionCallChoice.newBuilder().setName("g").build();

        assertThat(paths(request().addFunctions(f).addFunctions(notAnObject).setFunctionCall(g)))
                .containsExactly(
                        "functions[1].name", "functions[1].parameters", "function_call.name");
        assertThat(paths(request().setFunctionCall(g))).containsExactly("function_call");
        assertThat(
                        paths(
                                request()
                                        .setFunctionCall(
                                                FunctionCallChoice.newBuilder().setMode("none"))))
                .isEmpty();
    }

    @Test
    void aSpokenAnswerNeedsAVoice() {
        assertThat(paths(request().addModalities("audio"))).containsExactly("audio");
        assertThat(paths(request().addModalities("audio").setAudio(AudioOutput.newBuilder())))
                .isEmpty();
    }

    @Test
    void topLogprobsNeedLogprobs() {
        assertThat(paths(request().setTopLogprobs(2))).containsExactly("top_logprobs");
        assertThat(paths(request().setTopLogprobs(2).setLogprobs(true))).isEmpty();
        assertThat(paths(request().setTopLogprobs(0))).isEmpty();
    }

    @Test
    void streamOptionsNeedAStream() {
        assertThat(paths(request().setStreamOptions(StreamOptions.getDefaultInstance())))
                .containsExactly("stream_options");
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
    void eachRuleLooksAtItsOwnFields() {
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
        ChatRequest built = request.build();
        return Stream.of(
                        MessageRules.of(built.getMessagesList()),
                        ChatRules.logprobs(built),
                        ChatRules.streamOptions(built),
                        ToolRules.of(built),
                        LegacyFunctionRules.of(built),
                        ChatRules.responseFormat(built),
                        ChatRules.audio(built))
                .flatMap(List::stream)
                .map(Violation::field)
                .toList();
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
