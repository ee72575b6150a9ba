package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The settings as a user meets them: commands, flags, and a file that changes under a server. */
@DisabledOnOs(OS.WINDOWS)
class ConfigIT {
    @TempDir Path folder;

    private Path file(String yaml) throws Exception {
        return Files.writeString(folder.resolve("tandem.yaml"), yaml);
    }

    private static Program.Ended run(List<String> environment, String... arguments)
            throws Exception {
        return Program.end(Program.start(environment, arguments));
    }

    @Test
    void checkTellsEverythingAndEndsWithTwo() throws Exception {
        Path file = file("server:\n  port: 80800\n  hots: x\n");
        Program.Ended ended = run(List.of("TANDEM_SLOTS=0"), "config", "check", file.toString());
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.text().lines())
                .containsExactly(
                        file + ":2:9: server.port: '80800' is not 0 to 65535 (default: 8080).",
                        file + ":3:3: server.hots: there is no such key; did you mean host?",
                        "TANDEM_SLOTS: '0' is not 1 to 64 (default: 4).");
        file("server: {port: 0}\n");
        ended = run(List.of("TANDEM_SLOT=1"), "config", "check", file.toString());
        assertThat(ended.exit()).isZero();
        assertThat(ended.text())
                .contains("did you mean TANDEM_SLOTS?", file + ": nothing is wrong.");
    }

    @Test
    void showTellsValuesAndOrigins() throws Exception {
        Path file = file("server: {port: 8082}\n");
        List<String> environment = List.of("TANDEM_CONFIG=" + file, "TANDEM_SLOTS=2");
        Program.Ended ended = run(environment, "config", "show", "--queue", "7");
        assertThat(ended.exit()).isZero();
        assertThat(ended.text().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "server.port 8082 " + file + ":1:16",
                        "engine.slots 2 TANDEM_SLOTS",
                        "engine.queue 7 --queue",
                        "engine.context 2048 default");
        assertThat(run(environment, "config", "show", "--json").text())
                .contains("\"engine.slots\"", "\"TANDEM_SLOTS\"");
    }

    @Test
    void initAndSchemaPrintWhatTheDocumentationHas() throws Exception {
        Path docs = Path.of("..", "..", "docs");
        assertThat(run(List.of(), "config", "init").text())
                .isEqualTo(Files.readString(docs.resolve("tandem.yaml")));
        assertThat(run(List.of(), "config", "schema").text())
                .isEqualTo(Files.readString(docs.resolve("tandem.schema.json")));
        assertThat(run(List.of(), "serve", "--help").text())
                .contains("--config", "--port", "--log-level", "--max-streams");
        Program.Ended wrong = run(List.of(), "serve", "--prot", "1");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.text()).contains("--prot");
    }

    @Test
    void aRunningServerTakesAnotherLevelAndRefusesAWrongFile() throws Exception {
        Path bin = Program.endlessPip(folder); // keeps the server in its loading state
        Path file = file("logging: {level: warning}\n");
        Process process =
                Program.start(
                        List.of(
                                "TANDEM_HOME=" + folder.resolve("home"),
                                "PATH=" + bin,
                                "TANDEM_LOG_FORMAT=text"),
                        "serve",
                        "--config",
                        file.toString(),
                        "--port",
                        "0");
        try (BufferedReader lines = process.inputReader()) {
            int port = Program.port(lines);
            Program.awaitLine(lines, "config  " + file);
            replace(file, "logging: {level: debug}\nengine: {slots: 3}\n");
            Program.awaitLine(lines, "logging.level is now debug");
            Program.awaitLine(lines, "engine.slots is changed to 3");
            assertThat(status(port)).isEqualTo(200);
            Program.awaitLine(lines, "path=/health"); // probes have a line at this level
            replace(file, "logging: {level: loud}\n");
            Program.awaitLine(lines, "the change is not taken");
            Program.awaitLine(lines, "'loud' is not off, error, warning, info, debug or trace");
            assertThat(status(port)).isEqualTo(200);
            Program.awaitLine(lines, "path=/health");
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void replace(Path file, String text) throws Exception {
        Path next = Files.writeString(file.resolveSibling("next.yaml"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int status(int port) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port + "/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
