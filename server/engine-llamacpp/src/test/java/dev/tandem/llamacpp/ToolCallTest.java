package dev.tandem.llamacpp;

import static dev.tandem.llamacpp.Answered.ask;
import static dev.tandem.llamacpp.Answered.function;
import static dev.tandem.llamacpp.Answered.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.v1.AllowedTool;
import dev.tandem.v1.AllowedTools;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CustomTool;
import dev.tandem.v1.FunctionCall;
import dev.tandem.v1.FunctionCallChoice;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.NamedFunction;
import dev.tandem.v1.Role;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolCall;
import dev.tandem.v1.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools with the real model. */
class ToolCallTest {
    private static final String CITY =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":40}},"
                    + "\"required\":[\"city\"],\"additionalProperties\":false}";
    private static final String NUMBERS =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},"
                    + "\"required\":[\"a\",\"b\"],\"additionalProperties\":false}";
    private static final Tool WEATHER = function("get_weather", CITY);
    private static final Tool ADD = function("add", NUMBERS);

    private static LoadedEngine loaded;

    @BeforeAll
    static void load() {
        loaded = new LoadedEngine(1024);
    }

    @AfterAll
    static void close() {
        if (loaded != null) {
            loaded.close();
        }
    }

    private static ToolChoice mode(String mode) {
        return ToolChoice.newBuilder().setMode(mode).build();
    }

    private static ChatRequest.Builder required(String question) {
        return ask(question)
                .addTools(WEATHER)
                .setToolChoice(mode("required"))
                .setParallelToolCalls(false);
    }

    @ParameterizedTest
    @CsvSource({
        "What is the weather in Paris?,Paris",
        "What's the weather like in Tokyo today?,Tokyo",
        "Is it raining in Berlin?,Berlin",
        "Weather in New York please,New York",
        "Do I need an umbrella in London?,London"
    })
    void aRequiredCallHasTheArgumentsOfTheQuestion(String question, String city)
            throws InterruptedException {
        Answered answer = Answered.by(loaded, required(question));

        assertThat(answer.finish()).isEqualTo("tool_calls");
        assertThat(answer.text()).isEmpty();
        assertThat(answer.called()).hasSize(1);
        Answered.Called call = answer.called().getFirst();
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.type()).isEqualTo("function");
        assertThat(call.id()).matches("call_[0-9A-Za-z]{24}");
        assertThat(JsonTree.read(call.arguments())).isEqualTo(Map.of("city", city));
    }

    @Test
    void theModelChoosesAmongTools() throws InterruptedException {
        Answered sum = Answered.by(loaded, required("What is 12 plus 30?").addTools(ADD));
        Answered weather =
                Answered.by(loaded, required("What is the weather in Paris?").addTools(ADD));

        assertThat(sum.called().getFirst().name()).isEqualTo("add");
        assertThat(JsonTree.read(sum.called().getFirst().arguments()))
                .isEqualTo(Map.of("a", 12L, "b", 30L));
        assertThat(weather.called().getFirst().name()).isEqualTo("get_weather");
    }

    @Test
    void aNamedFunctionIsCalledAndNoOther() throws InterruptedException {
        ToolChoice add =
                ToolChoice.newBuilder()
                        .setFunction(NamedFunction.newBuilder().setName("add"))
                        .build();

        Answered answer =
                Answered.by(
                        loaded,
                        required("What is the weather in Paris?").addTools(ADD).setToolChoice(add));

        assertThat(answer.called()).extracting(Answered.Called::name).containsExactly("add");
    }

    @Test
    void onlyAllowedToolsAreCalled() throws InterruptedException {
        ToolChoice allowed =
                ToolChoice.newBuilder()
                        .setAllowedTools(
                                AllowedTools.newBuilder()
                                        .setMode("required")
                                        .addTools(
                                                AllowedTool.newBuilder()
                                                        .setFunction(
                                                                NamedFunction.newBuilder()
                                                                        .setName("get_weather"))))
                        .build();

        Answered answer =
                Answered.by(
                        loaded,
                        required("What is 12 plus 30?").addTools(ADD).setToolChoice(allowed));

        assertThat(answer.called())
                .extracting(Answered.Called::name)
                .containsExactly("get_weather");
    }

    @Test
    void strictHoldsAFunctionToTheRulesOfOpenAi() throws InterruptedException {
        String open = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";

        Answered answer =
                Answered.by(
                        loaded,
                        required("What is the weather in Paris?").setTools(0, strict(CITY)));

        assertThat(JsonTree.read(answer.called().getFirst().arguments()))
                .isEqualTo(Map.of("city", "Paris"));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> Answered.by(loaded, ask("hi").addTools(strict(open))))
                .satisfies(e -> {
                    assertThat(e.error().reason()).isEqualTo("unsupported_value");
                    assertThat(e.error().param()).startsWith("tools[0].function.parameters");
                    assertThat(e.getMessage()).contains("additionalProperties");
                });
        Answered loose =
                Answered.by(
                        loaded, ask("hi").addTools(function("get_weather", open)).setMaxTokens(1));
        assertThat(loose.finish()).isEqualTo("length");
    }

    private static Tool strict(String parameters) {
        Tool.Builder tool = function("get_weather", parameters).toBuilder();
        tool.getFunctionBuilder().setStrict(true);
        return tool.build();
    }

    @Test
    void severalCallsHavePlacesAndIdsOfTheirOwn() throws InterruptedException {
        Answered answer =
                Answered.by(
                        loaded,
                        required("What is the weather in Paris and in Rome?")
                                .setParallelToolCalls(true)
                                .setTemperature(1)
                                .setSeed(3)
                                .setMaxTokens(400));

        assertThat(answer.called()).isNotEmpty();
        assertThat(answer.called()).extracting(Answered.Called::id).doesNotHaveDuplicates();
    }

    @Test
    void argumentsComeInPiecesAsTheyAreWritten() throws InterruptedException {
        Answered answer = Answered.by(loaded, required("What is the weather in Paris?"));

        List<String> pieces =
                answer.choice(0).stream()
                        .flatMap(choice -> choice.getDelta().getToolCallsList().stream())
                        .map(delta -> delta.getFunction().getArguments())
                        .toList();
        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(answer.choice(0).getFirst().getDelta().getRole()).isEqualTo(Role.ROLE_ASSISTANT);
        assertThat(answer.choice(0)).noneMatch(choice -> choice.getDelta().hasContent());
    }

    @Test
    void withoutAnyToolThatIsRequiredTheModelMayAnswerInText() throws InterruptedException {
        Answered answer =
                Answered.by(
                        loaded,
                        ask("What is the capital of France?")
                                .addTools(WEATHER)
                                .setToolChoice(mode("auto")));

        assertThat(answer.text() + answer.called()).isNotBlank();
        assertThat(answer.finish()).isIn("stop", "tool_calls");
    }

    @Test
    void toolsThatMayNotBeCalledAreNotShown() throws InterruptedException {
        Answered with =
                Answered.by(
                        loaded,
                        ask("What is the capital of France?")
                                .addTools(WEATHER)
                                .setToolChoice(mode("none")));
        Answered without = Answered.by(loaded, ask("What is the capital of France?"));

        assertThat(with.text()).isEqualTo(without.text());
        assertThat(with.chunks().getLast().getUsage().getPromptTokens())
                .isEqualTo(without.chunks().getLast().getUsage().getPromptTokens());
    }

    @Test
    void theResultOfACallIsToldInTheAnswer() throws InterruptedException {
        ChatRequest.Builder request =
                ask("What is the weather in Paris?")
                        .addTools(WEATHER)
                        .addMessages(
                                ChatMessage.newBuilder()
                                        .setRole(Role.ROLE_ASSISTANT)
                                        .addToolCalls(
                                                ToolCall.newBuilder()
                                                        .setId("call_1")
                                                        .setFunction(
                                                                FunctionCall.newBuilder()
                                                                        .setName("get_weather")
                                                                        .setArguments(
                                                                                "{\"city\": \"Paris\"}"))))
                        .addMessages(
                                message(Role.ROLE_TOOL, "{\"temp_c\": 21, \"sky\": \"clear\"}")
                                        .toBuilder()
                                        .setToolCallId("call_1"));

        Answered answer = Answered.by(loaded, request);

        assertThat(answer.text()).containsAnyOf("21", "clear");
    }

    @Test
    @SuppressWarnings("deprecation") // deprecated for callers
    void theOlderFunctionsAreCalledTheOlderWay() throws InterruptedException {
        ChatRequest.Builder request =
                ask("What is the weather in Paris?")
                        .addFunctions(
                                FunctionTool.newBuilder()
                                        .setName("get_weather")
                                        .setParameters(CITY))
                        .setFunctionCall(FunctionCallChoice.newBuilder().setName("get_weather"));

        Answered answer = Answered.by(loaded, request);

        assertThat(answer.finish()).isEqualTo("function_call");
        assertThat(answer.called()).isEmpty();
        String arguments =
                answer.choice(0).stream()
                        .map(choice -> choice.getDelta().getFunctionCall().getArguments())
                        .collect(Collectors.joining());
        assertThat(JsonTree.read(arguments)).isEqualTo(Map.of("city", "Paris"));
    }

    @Test
    void callsThatAreCutSayLength() throws InterruptedException {
        Answered answer =
                Answered.by(loaded, required("What is the weather in Paris?").setMaxTokens(12));

        assertThat(answer.finish()).isEqualTo("length");
    }

    @Test
    void stopTextsDoNotCutCalls() throws InterruptedException {
        Answered answer =
                Answered.by(loaded, required("What is the weather in Paris?").addStop("\""));

        assertThat(answer.finish()).isEqualTo("tool_calls");
    }

    private static void refuses(ChatRequest.Builder request, String param) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> Answered.by(loaded, request))
                .satisfies(e -> {
                    assertThat(e.error().reason()).isEqualTo("unsupported_value");
                    assertThat(e.error().param()).isEqualTo(param);
                });
    }

    @Test
    void whatCannotBeCalledIsRefusedWithItsPlace() {
        refuses(
                ask("hi")
                        .addTools(
                                Tool.newBuilder().setCustom(CustomTool.newBuilder().setName("c"))),
                "tools[0].custom");
        refuses(ask("hi").addTools(WEATHER).addTools(WEATHER), "tools[1].function.name");
        refuses(
                ask("hi").addTools(function("f", "{\"type\":\"string\"}")),
                "tools[0].function.parameters");
        refuses(
                ask("hi")
                        .addTools(
                                function(
                                        "f",
                                        "{\"type\":\"object\",\"properties\":{\"a\":{\"not\":{}}}}")),
                "tools[0].function.parameters#/properties/a/not");
        refuses(ask("hi").setToolChoice(mode("required")), "tool_choice");
        refuses(
                ask("hi")
                        .addTools(WEATHER)
                        .setToolChoice(
                                ToolChoice.newBuilder()
                                        .setFunction(NamedFunction.newBuilder().setName("g"))),
                "tool_choice.function.name");
    }
}
