package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What others make of the gateway's document: a fuzzer, and clients that are generated from it. */
class OpenApiIT {
    private static Fixture gateway;
    private static String url;

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.saying("Hello", " there"));
        url = "http://127.0.0.1:" + gateway.server.server().port();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** The exceptions stand in its configuration, with their reasons. */
    @Test
    void schemathesisFindsNothing() throws Exception {
        String report =
                Tools.run(
                        Tools.copy("schemathesis"),
                        List.of(
                                Tools.pythonProgram("schemathesis").toString(),
                                "run",
                                url + "/openapi-3.2.json",
                                "--checks=all",
                                "--no-color",
                                "--continue-on-failure"),
                        Map.of("COLUMNS", "150"));

        // it leaves out the address from which it has the document
        assertThat(report).contains("Tested: " + (operations() - 1));
    }

    private static int operations() {
        return Golden.parsed(
                        gateway.server
                                .client()
                                .http(Wire.Version.HTTP_1_1, HttpRequest.get("/openapi.json"))
                                .body())
                .getJsonObject("paths")
                .values()
                .stream()
                .mapToInt(item -> item.asJsonObject().size())
                .sum();
    }

    @Test
    void aTypeScriptClientIsGeneratedCompiledAndAnswered() throws Exception {
        Path room = Tools.node("typescript");
        String programs = room.resolve("node_modules/.bin") + "/";
        Tools.run(
                room,
                List.of(programs + "openapi-typescript", url + "/openapi.json", "-o", "api.d.ts"),
                Map.of());
        Tools.run(room, List.of(programs + "tsc", "-p", "."), Map.of());

        assertThat(Tools.run(room, List.of("node", "out/call.js", url, "tiny"), Map.of()))
                .contains("the generated TypeScript client is content");
    }

    @Test
    void aPythonClientIsGeneratedAndAnswered() throws Exception {
        Path room = Files.createDirectories(Path.of("target", "tools", "python-client"));
        Tools.run(
                room,
                List.of(
                        Tools.pythonProgram("openapi-python-client").toString(),
                        "generate",
                        "--url",
                        url + "/openapi.json",
                        "--output-path",
                        "client",
                        "--overwrite"),
                Map.of());

        assertThat(
                        Tools.run(
                                List.of(
                                        Tools.python().toString(),
                                        "src/test/python/generated_client.py",
                                        url,
                                        "tiny"),
                                Map.of(
                                        "PYTHONPATH",
                                        room.resolve("client").toAbsolutePath().toString())))
                .contains("the generated Python client is content");
    }
}
