package dev.tandem.llamacpp;

import static dev.tandem.llamacpp.Answered.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers held to a form, by the real model. */
class StructuredAnswerTest {
    private static final JsonReader JSON = new JsonReader(1_000_000, 200);
    private static final String CAPITAL =
            "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\"}},"
                    + "\"required\":[\"answer\"],\"additionalProperties\":false}";
    private static final String PERSON =
            """
            {"type": "object", "properties": {
               "name": {"type": "string", "minLength": 1, "maxLength": 20},
               "age": {"type": "integer", "minimum": 0, "maximum": 120},
               "mood": {"enum": ["glad", "sad", null]},
               "born": {"type": "string", "format": "date"},
               "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2,8}$"}, "maxItems": 3}},
             "required": ["name", "age", "mood", "born", "tags"], "additionalProperties": false}
            """;

    private static final String PAIR =
            "{\"type\":\"object\",\"properties\":{\"mood\":{\"enum\":[\"glad\",\"sad\",null]},"
                    + "\"age\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":120},"
                    + "\"tag\":{\"type\":\"string\",\"pattern\":\"^[a-z]{2,8}$\"}},"
                    + "\"required\":[\"mood\",\"age\",\"tag\"],\"additionalProperties\":false}";

    private static LoadedEngine loaded;

    @BeforeAll
    static void load() {
        loaded = new LoadedEngine(512, 8);
    }

    @AfterAll
    static void close() {
        if (loaded != null) {
            loaded.close();
        }
    }

    private static ResponseFormat schema(String text, boolean strict) {
        return ResponseFormat.newBuilder()
                .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA)
                .setJsonSchema(
                        JsonSchemaFormat.newBuilder()
                                .setName("answer")
                                .setSchema(text)
                                .setStrict(strict))
                .build();
    }

    private static ChatRequest.Builder person() {
        return ask("Invent a person.").setResponseFormat(schema(PERSON, true));
    }

    private static ChatRequest.Builder capital() {
        return ask("What is the capital of France?").setResponseFormat(schema(CAPITAL, true));
    }

    @Test
    void theAnswerStandsInTheSchema() throws InterruptedException {
        Answered answer =
                Answered.by(
                        loaded,
                        ask("What is the capital of France?")
                                .setResponseFormat(schema(CAPITAL, true)));

        assertThat(answer.text()).contains("Paris");
        assertThat(JsonTree.read(answer.text())).isInstanceOf(Map.class);
        assertThat(answer.finish()).isEqualTo("stop");
    }

    @Test
    void hotAnswersFitTheSchemaEachTime() throws InterruptedException {
        SchemaCheck check = SchemaCheck.of(JSON.read(PAIR));
        int whole = 0;
        for (int seed = 0; seed < 7; seed++) {
            Answered answers =
                    Answered.by(
                            loaded,
                            ask("Invent a person.")
                                    .setResponseFormat(schema(PAIR, true))
                                    .setTemperature(1.5)
                                    .setSeed(seed)
                                    .setN(8));
            for (int index = 0; index < 8; index++) {
                String text = answers.text(index);
                assertThat(answers.choice(index).getLast().getFinishReason()).isEqualTo("stop");
                assertThat(check.violations(text)).as(text).isEmpty();
                whole++;
            }
        }
        assertThat(whole).isEqualTo(56);
    }

    @Test
    void anyObjectWillDo() throws InterruptedException {
        Answered answer =
                Answered.by(
                        loaded,
                        ask("Give me a JSON object with the capital of France as \"capital\".")
                                .setResponseFormat(
                                        ResponseFormat.newBuilder()
                                                .setType(
                                                        ResponseFormatType
                                                                .RESPONSE_FORMAT_TYPE_JSON_OBJECT)));

        assertThat(JsonTree.read(answer.text())).isInstanceOf(Map.class);
    }

    @Test
    void anAnswerThatIsCutSaysLength() throws InterruptedException {
        Answered answer = Answered.by(loaded, person().setMaxTokens(6));

        assertThat(answer.finish()).isEqualTo("length");
    }

    @Test
    void aStopTextEndsTheAnswerWhereItComes() throws InterruptedException {
        Answered answer = Answered.by(loaded, person().addStop("\"age\""));

        assertThat(answer.text()).startsWith("{").doesNotContain("age");
        assertThat(answer.finish()).isEqualTo("stop");
    }

    @Test
    void lineBreaksAsStopTextsNeverCutIt() throws InterruptedException {
        Answered answer = Answered.by(loaded, person().addStop("\n").setTemperature(1).setSeed(1));

        assertThat(SchemaCheck.of(JSON.read(PERSON)).violations(answer.text())).isEmpty();
    }

    @Test
    void logprobsSpellTheAnswer() throws InterruptedException {
        Answered answer = Answered.by(loaded, person().setLogprobs(true));

        String spelt =
                answer.choice(0).stream()
                        .flatMap(choice -> choice.getLogprobs().getContentList().stream())
                        .map(token -> token.getToken())
                        .collect(Collectors.joining());
        assertThat(spelt).isEqualTo(answer.text());
    }

    @Test
    void boundAndFreeAnswersAreWrittenSideBySide() throws Exception {
        String alone = Answered.by(loaded, capital()).text();
        String free = Answered.by(loaded, ask("What is the capital of France?")).text();
        List<Callable<String>> questions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            questions.add(() -> Answered.by(loaded, capital()).text());
            questions.add(() -> Answered.by(loaded, ask("What is the capital of France?")).text());
        }

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = callers.invokeAll(questions);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0 ? alone : free);
            }
        }
    }

    @Test
    void aBoundAnswerCanBeCancelled() throws InterruptedException {
        Call call = Answered.call(loaded);

        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() ->
                        loaded.engine.chat(
                                person().build(),
                                ChatChunk.getDefaultInstance(),
                                chunk -> call.cancel(CancelCause.CLIENT_LEFT),
                                call));
        loaded.calls.close(call);
        assertThat(Answered.by(loaded, person()).finish()).isEqualTo("stop");
    }

    private static ApiException refused(String schema, boolean strict) {
        try {
            Answered.by(loaded, ask("hi").setResponseFormat(schema(schema, strict)));
        } catch (ApiException e) {
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void whatCannotBeEnforcedIsRefusedWithEveryPlace() {
        ApiException refused =
                refused(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"not\":{\"type\":\"null\"}},\"b\":{\"$ref\":\"http://x\"}}}",
                        false);

        assertThat(refused.error().reason()).isEqualTo("unsupported_value");
        assertThat(refused.error().param())
                .isEqualTo("response_format.json_schema.schema#/properties/a/not");
        assertThat(refused.error().violations())
                .extracting(violation -> violation.field())
                .containsExactly(
                        "response_format.json_schema.schema#/properties/a/not",
                        "response_format.json_schema.schema#/properties/b/$ref");
    }

    @Test
    void strictHasTheRulesOfOpenAiAndLeavesNothingToACheck() {
        assertThat(refused("{\"type\":\"object\",\"properties\":{\"a\":{}}}", true).getMessage())
                .contains("additionalProperties");
        assertThat(
                        refused(
                                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"uniqueItems\":true}},"
                                                + "\"required\":[\"a\"],\"additionalProperties\":false}",
                                        true)
                                .error()
                                .param())
                .endsWith("#/properties/a/uniqueItems");
    }

    @Test
    void hostileSchemasAreRefused() {
        assertThat(refused("{\"type\":\"object\"", false).getMessage()).contains("not JSON");
        assertThat(refused("{\"$ref\":\"#\"}", false).error().reason())
                .isEqualTo("unsupported_value");
        assertThat(
                        refused("{\"type\":\"string\",\"pattern\":\"(a|b)*a(a|b){30}\"}", false)
                                .error()
                                .param())
                .endsWith("#/pattern");
    }
}
