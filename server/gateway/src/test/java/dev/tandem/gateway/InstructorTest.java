package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.TestServer;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCallDelta;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Instructor over the real port, with a model that is always the same; the SDKs' tests have a real
 * one.
 */
@DisabledOnOs(OS.WINDOWS)
class InstructorTest {
    private static final Path SCRIPTS =
            Path.of("..", "sdks", "src", "test", "python").toAbsolutePath().normalize();

    @Test
    void instructorIsContent() throws IOException {
        Path python = Installs.pip(SCRIPTS.resolve("requirements-instructor.txt"));
        try (ScriptedEngine engine = new ScriptedEngine(InstructorTest::script);
                TestServer server = TestServer.of(gateway(engine).start())) {
            String url = "http://127.0.0.1:" + server.server().port() + "/v1";

            assertThat(
                            Command.of(python.toString(), "instructor_sdk.py", url, "scripted")
                                    .in(SCRIPTS)
                                    .with("PYTHONDONTWRITEBYTECODE", "1")
                                    .output())
                    .contains("instructor is content");
        }
    }

    private static Gateway gateway(ScriptedEngine engine) {
        Models models =
                new Models(List.of(new ServedModel("tiny", engine, "own", Fixture.NOW)), Map.of());
        return new Gateway(GatewaySettings.ofLoopback(), models, (call, spent) -> {});
    }

    /** What a good model says; where it is asked for capitals, only when it is told so. */
    private static Script script(ChatRequest request) {
        String asked = request.toString();
        boolean toldAgain = asked.contains("must be in capital letters");
        String json =
                asked.contains("tasks")
                        ? "{\"tasks\": [{\"name\": \"Ann\", \"age\": 4}, {\"name\": \"Bob\", \"age\": 5}]}"
                        : "{\"name\": \"" + (toldAgain ? "ANN" : "Ann") + "\", \"age\": 4}";
        boolean calls = request.getToolsCount() > 0;
        Script script = calls ? Script.empty().delta(0, begun(request)) : Script.empty();
        for (int i = 0; i < json.length(); i++) {
            String piece = json.substring(i, i + 1);
            script = calls ? script.delta(0, more(piece)) : script.say(piece);
        }
        return script;
    }

    private static Delta begun(ChatRequest request) {
        return Delta.newBuilder()
                .addToolCalls(
                        ToolCallDelta.newBuilder()
                                .setId("call_1")
                                .setFunction(
                                        FunctionCallDelta.newBuilder()
                                                .setName(
                                                        request.getTools(0)
                                                                .getFunction()
                                                                .getName())))
                .build();
    }

    private static Delta more(String arguments) {
        return Delta.newBuilder()
                .addToolCalls(
                        ToolCallDelta.newBuilder()
                                .setFunction(
                                        FunctionCallDelta.newBuilder().setArguments(arguments)))
                .build();
    }
}
