package dev.tandem.gateway;

import static dev.tandem.gateway.Extracting.GOOD;
import static dev.tandem.gateway.Extracting.extract;
import static dev.tandem.gateway.Extracting.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.Refusal;
import dev.tandem.testing.Failure;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.Delta;
import dev.tandem.v1.ExtractMode;
import dev.tandem.v1.Extraction;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCallDelta;
import org.junit.jupiter.api.Test;

/** The ways to have a model answer with an object: its schema, a tool, its words. */
class ExtractModesTest {
    @Test
    void theFirstWayThatTheEngineTakesIsTaken() throws InterruptedException {
        Script noFormat = refusing("response_format");
        Script noTools = refusing("tools");
        Script text = Script.saying("Sure:\n```json\n", GOOD, "\n```\nDone {");
        try (Fixture gateway = Extracting.with(noFormat, noTools, text)) {
            Extraction found = extract(gateway, Wire.REST, Extracting.person()).message();

            assertThat(found.getValue()).isEqualTo(GOOD);
            assertThat(found.getMode()).isEqualTo(ExtractMode.EXTRACT_MODE_JSON_TEXT);
            assertThat(found.getTries()).isEqualTo(1);
            ChatRequest asked = gateway.engine.awaitRun(2).request();
            assertThat(asked.hasResponseFormat()).isFalse();
            assertThat(asked.getToolsCount()).isZero();
            assertThat(text(asked, 0)).contains(Extracting.PERSON);
            assertThat(gateway.spent.take().counted()).isTrue();
        }
    }

    @Test
    void theWayThatWasAskedForIsTheOnlyOne() {
        try (Fixture gateway = Extracting.with(refusing("response_format.json_schema"))) {
            Failure failure =
                    extract(
                                    gateway,
                                    Wire.REST,
                                    Extracting.person()
                                            .setMode(ExtractMode.EXTRACT_MODE_JSON_SCHEMA))
                            .error();

            assertThat(failure.reason()).isEqualTo("unsupported_value");
            assertThat(failure.param()).isEqualTo("mode");
            assertThat(gateway.engine.runs()).hasSize(1);
        }
    }

    private static Script refusing(String field) {
        return Script.empty().fail(Refusal.unsupportedValue(field, "This model cannot do that."));
    }

    @Test
    void theArgumentsOfTheToolAreTheObject() {
        Script calling =
                Script.saying("I call.")
                        .delta(0, call(GOOD.substring(0, 5)))
                        .delta(0, call(GOOD.substring(5)));
        try (Fixture gateway = Extracting.with(calling)) {
            Extraction found =
                    extract(
                                    gateway,
                                    Wire.REST,
                                    Extracting.person().setMode(ExtractMode.EXTRACT_MODE_TOOLS))
                            .message();

            assertThat(found.getValue()).isEqualTo(GOOD);
            ChatRequest asked = gateway.engine.awaitRun().request();
            assertThat(asked.getTools(0).getFunction().getParameters())
                    .isEqualTo(Extracting.PERSON);
            assertThat(asked.getToolChoice().getFunction().getName())
                    .isEqualTo(asked.getTools(0).getFunction().getName());
        }
    }

    private static Delta call(String arguments) {
        return Delta.newBuilder()
                .addToolCalls(
                        ToolCallDelta.newBuilder()
                                .setFunction(
                                        FunctionCallDelta.newBuilder()
                                                .setName("extract")
                                                .setArguments(arguments)))
                .build();
    }

    @Test
    void aModelThatAnswersWithWordsInPlaceOfACallIsHeardToo() {
        try (Fixture gateway = Extracting.with(Script.saying(GOOD))) {
            assertThat(
                            extract(
                                            gateway,
                                            Wire.REST,
                                            Extracting.person()
                                                    .setMode(ExtractMode.EXTRACT_MODE_TOOLS))
                                    .ok())
                    .isTrue();
        }
    }
}
