package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Failure;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import dev.tandem.v1.StreamOptions;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolCallDelta;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers to requests with a form, on every way: those that do not fit end with one error. */
class StructuredAnswersTest {
    private static final String PERSON =
            "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                    + "\"age\":{\"type\":\"integer\"}},\"required\":[\"name\",\"age\"]}";
    private static final String GOOD = "{\"name\":\"Zoë\",\"age\":30}";
    private static final String BAD = "{\"name\":\"Zoë\",\"age\":\"thirty\"}";

    @ParameterizedTest
    @EnumSource
    void anAnswerThatFitsArrives(Way way) {
        assertThat(Fixture.text(said(way, schema(PERSON), GOOD))).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatDoesNotFitIsOneErrorAtItsEnd(Way way) {
        Reply<? extends Message> reply = said(way, schema(PERSON), BAD);

        Failure failure = reply.error();
        assertThat(failure.reason()).isEqualTo("answer_invalid");
        assertThat(failure.message()).contains("choices[0].message.content#/age");
        assertThat(failure.violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.field()).isEqualTo("choices[0].message.content#/age");
                    assertThat(violation.rule()).isEqualTo("type");
                });
        assertThat(reply.done()).isFalse();
        assertThat(reply.messages().toString()).doesNotContain("stop");
        if (!way.streams()) {
            assertThat(reply.status()).isEqualTo(way.wire().status(Code.UPSTREAM_FAILED));
        }
    }

    @Test
    void whatTheInvalidAnswerTookIsCounted() throws InterruptedException {
        try (Fixture gateway = new Fixture(Script.saying("no"))) {
            ask(gateway, Way.SSE, schema(PERSON));

            var spent = gateway.spent.take();
            assertThat(spent.counted()).isTrue();
            assertThat(spent.finished()).isFalse();
            assertThat(spent.usage().getTotalTokens()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{} | true", "{`a`:1} | true", "[] | false", "7 | false", "{ | false"})
    void anyObjectIsWhatJsonObjectAsksFor(String text, boolean fits) {
        ResponseFormat.Builder object =
                ResponseFormat.newBuilder()
                        .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_OBJECT);

        Reply<?> reply =
                said(Way.REST, Fixture.request().setResponseFormat(object), text.replace('`', '"'));

        assertThat(reply.ok()).isEqualTo(fits);
    }

    @ParameterizedTest
    @EnumSource(names = {"REST", "SSE", "GRPC_STREAM"})
    void eachChoiceIsJudgedByItself(Way way) {
        Script script = Script.empty().say(0, GOOD).say(1, BAD).say(2, GOOD).say(3, "no");
        try (Fixture gateway = new Fixture(script)) {
            Reply<?> reply = ask(gateway, way, schema(PERSON).setN(4));

            assertThat(reply.error().violations())
                    .extracting(Violation::field)
                    .containsExactly(
                            "choices[1].message.content#/age", "choices[3].message.content");
            if (way.streams()) {
                assertThat(finished(reply)).containsExactly(0, 2);
            }
        }
    }

    private static List<Integer> finished(Reply<?> reply) {
        return reply.messages().stream()
                .flatMap(chunk -> ((ChatChunk) chunk).getChoicesList().stream())
                .filter(ChunkChoice::hasFinishReason)
                .map(ChunkChoice::getIndex)
                .toList();
    }

    @Test
    void theUsageIsToldBeforeTheError() {
        ChatRequest.Builder request =
                schema(PERSON).setStreamOptions(StreamOptions.newBuilder().setIncludeUsage(true));

        Reply<?> reply = said(Way.SSE, request, BAD);

        assertThat(((ChatChunk) reply.messages().getLast()).getUsage().getTotalTokens())
                .isEqualTo(4);
        assertThat(reply.error().reason()).isEqualTo("answer_invalid");
    }

    @ParameterizedTest
    @CsvSource({"length", "content_filter"})
    void anAnswerThatWasCutIsNotJudged(String reason) {
        try (Fixture gateway = new Fixture(Script.saying("{\"na").finish(0, reason))) {
            assertThat(ask(gateway, Way.SSE, schema(PERSON)).ok()).isTrue();
        }
    }

    @Test
    void aRefusalIsNotJudged() {
        Delta refusal = Delta.newBuilder().setRefusal("I would rather not.").build();
        try (Fixture gateway = new Fixture(Script.empty().delta(0, refusal))) {
            assertThat(ask(gateway, Way.REST, schema(PERSON)).ok()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaThatIsNoneIsToldWithItsPlaceBeforeTheEngineIsAsked(Way way) {
        try (Fixture gateway = new Fixture(Script.saying(GOOD))) {
            Failure failure =
                    ask(gateway, way, schema("{\"properties\":{\"a\":{\"type\":\"strnig\"}}}"))
                            .error();

            assertThat(failure.reason()).isEqualTo("validation_failed");
            assertThat(failure.param())
                    .isEqualTo("response_format.json_schema.schema#/properties/a/type");
            assertThat(gateway.engine.runs()).isEmpty();
        }
    }

    @Test
    void aSchemaElsewhereIsNotFetched() {
        Failure failure =
                said(Way.REST, schema("{\"$ref\":\"http://127.0.0.1:9/s.json\"}"), GOOD).error();

        assertThat(failure.param()).isEqualTo("response_format.json_schema.schema#/$ref");
    }

    @ParameterizedTest
    @EnumSource(names = {"REST", "SSE", "GRPC_WHOLE"})
    void theArgumentsOfStrictToolsAreHeldAgainstTheirSchema(Way way) {
        assertThat(called(way, true, GOOD, "tool_calls").ok()).isTrue();
        assertThat(called(way, false, BAD, "tool_calls").ok()).isTrue();
        assertThat(called(way, true, BAD, "length").ok()).isTrue();
        assertThat(called(way, true, BAD, "tool_calls").error().violations())
                .extracting(Violation::field)
                .containsExactly("choices[0].message.tool_calls[0].function.arguments#/age");
    }

    @Test
    void aCallInPlaceOfAnAnswerIsNotJudgedAsOne() {
        assertThat(called(Way.REST, true, GOOD, "stop").ok()).isTrue();
    }

    private static Reply<?> called(Way way, boolean strict, String arguments, String reason) {
        FunctionTool tool =
                FunctionTool.newBuilder()
                        .setName("save")
                        .setParameters(PERSON)
                        .setStrict(strict)
                        .build();
        Delta begin =
                Delta.newBuilder()
                        .addToolCalls(
                                ToolCallDelta.newBuilder()
                                        .setIndex(0)
                                        .setId("call_1")
                                        .setFunction(
                                                FunctionCallDelta.newBuilder().setName("save")))
                        .build();
        Script script = Script.empty().delta(0, begin);
        for (String part : List.of(arguments.substring(0, 7), arguments.substring(7))) {
            script = script.delta(0, more(part));
        }
        try (Fixture gateway = new Fixture(script.finish(0, reason))) {
            return ask(
                    gateway,
                    way,
                    schema("{\"type\":\"null\"}").addTools(Tool.newBuilder().setFunction(tool)));
        }
    }

    private static Delta more(String arguments) {
        return Delta.newBuilder()
                .addToolCalls(
                        ToolCallDelta.newBuilder()
                                .setFunction(
                                        FunctionCallDelta.newBuilder().setArguments(arguments)))
                .build();
    }

    private static ChatRequest.Builder schema(String schema) {
        return Fixture.request()
                .setResponseFormat(
                        ResponseFormat.newBuilder()
                                .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA)
                                .setJsonSchema(
                                        JsonSchemaFormat.newBuilder()
                                                .setName("person")
                                                .setSchema(schema)));
    }

    private static Reply<? extends Message> said(
            Way way, ChatRequest.Builder request, String text) {
        try (Fixture gateway = new Fixture(Script.saying(text))) {
            return ask(gateway, way, request);
        }
    }

    private static Reply<? extends Message> ask(
            Fixture gateway, Way way, ChatRequest.Builder request) {
        if (!way.streams()) {
            request.clearStreamOptions();
        }
        return gateway.call(way, request.build(), Caller.PLAIN);
    }
}
