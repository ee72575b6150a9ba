package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Golden;
import dev.tandem.testtools.Installs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                Command.of(
                                pythons("schemathesis"),
                                "run",
                                url + "/openapi-3.2.json",
                                "--checks=all",
                                "--no-color",
                                "--continue-on-failure")
                        .in(Installs.copy(Path.of("src", "test", "schemathesis")))
                        .with("COLUMNS", "150")
                        .output();

        // it leaves out the address from which it has the document
        assertThat(report).contains("Tested: " + (operations() - 1));
    }

    /** A program that came with the packages. */
    private static String pythons(String name) throws IOException {
        return Installs.pip(Path.of("src", "test", "python", "requirements.txt"))
                .resolveSibling(name)
                .toString();
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
        Path room = Installs.npm(Path.of("src", "test", "typescript"));
        String programs = room.resolve("node_modules/.bin") + "/";
        Command.of(programs + "openapi-typescript", url + "/openapi.json", "-o", "api.d.ts")
                .in(room)
                .output();
        Command.of(programs + "tsc", "-p", ".").in(room).output();

        assertThat(Command.of("node", "out/call.js", url, "tiny").in(room).output())
                .contains("the generated TypeScript client is content");
    }

    @Test
    void aPythonClientIsGeneratedAndAnswered() throws Exception {
        Path room = Files.createDirectories(Path.of("target", "tools", "python-client"));
        Command.of(
                        pythons("openapi-python-client"),
                        "generate",
                        "--url",
                        url + "/openapi.json",
                        "--output-path",
                        "client",
                        "--overwrite")
                .in(room)
                .output();

        assertThat(
                        Command.of(
                                        pythons("python"),
                                        "src/test/python/generated_client.py",
                                        url,
                                        "tiny")
                                .with(
                                        "PYTHONPATH",
                                        room.resolve("client").toAbsolutePath().toString())
                                .output())
                .contains("the generated Python client is content");
    }
}
