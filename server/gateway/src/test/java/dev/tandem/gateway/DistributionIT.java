package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is handed out: started by its script, stopped by signals. */
@DisabledOnOs(OS.WINDOWS)
class DistributionIT {
    @TempDir Path folder;

    @Test
    void helpAndVersionAreTold() throws Exception {
        assertThat(Program.run("--help").text())
                .contains("serve", "chat", "pull", "models", "Exit codes");
        assertThat(Program.run("--version").text()).contains("tandem 0.", "Java 2");
        assertThat(Program.run("--version").exit()).isZero();
    }

    @Test
    void everyJarOfTheClassPathIsThere() throws Exception {
        try (JarFile jar = new JarFile(Program.FOLDER.resolve("lib/tandem-gateway.jar").toFile())) {
            String path =
                    jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            assertThat(path.split(" "))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(name ->
                            assertThat(Program.FOLDER.resolve("lib").resolve(name)).exists());
        }
    }

    @Test
    void aWrongCommandLineEndsWithTwo() throws Exception {
        Program.Ended ended = Program.run("serv");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.text()).contains("serv");
    }

    @Test
    void wrongSettingsAreAllToldAndEndWithTwo() throws Exception {
        Process process = Program.start(List.of("TANDEM_PORT=x", "TANDEM_SLOTS=0"), "serve");

        Program.Ended ended = Program.end(process);
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.text()).contains("TANDEM_PORT", "0 to 65535", "TANDEM_SLOTS", "1 to 64");
    }

    @Test
    void aModelThatIsNoneIsToldInASentence() throws Exception {
        Path model = Files.writeString(folder.resolve("bad.gguf"), "not a model");
        Path llama = Files.createDirectory(folder.resolve("llama"));

        Program.Ended ended =
                Program.end(
                        Program.start(
                                List.of(
                                        "TANDEM_PORT=0",
                                        "TANDEM_MODEL=" + model,
                                        "TANDEM_LLAMA_HOME=" + llama),
                                "serve"));

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.text())
                .contains("llama.cpp's library cannot be used")
                .doesNotContain("\tat ");
    }

    @Test
    void withoutPipServingEndsWithASentence() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("sh", "sed", "dirname", "readlink")) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }
        Program.Ended ended =
                Program.end(
                        Program.start(
                                List.of(
                                        "TANDEM_PORT=0",
                                        "TANDEM_HOME=" + folder.resolve("home"),
                                        "PATH=" + bin),
                                "serve"));

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.text()).contains("install pip", "TANDEM_MODEL");
    }

    @Test
    void theSignalToStopEndsAServerInOrder() throws Exception {
        Path bin = Program.endlessPip(folder); // keeps the server in its loading state
        Process process =
                Program.start(
                        List.of(
                                "TANDEM_PORT=0",
                                "TANDEM_HOME=" + folder.resolve("home"),
                                "PATH=" + bin),
                        "serve");
        try (BufferedReader lines = process.inputReader()) {
            int port = Program.port(lines);
            assertThat(status(port, "/health")).isEqualTo(200);
            assertThat(status(port, "/ready")).isEqualTo(503);
            Program.awaitLine(lines, "Fetching the default model");
            List<ProcessHandle> children = process.descendants().toList();

            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            for (ProcessHandle child : children) {
                assertThat(child.onExit().orTimeout(10, TimeUnit.SECONDS).join()).isNotNull();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theSignalToStopLetsAStreamEnd() throws Exception {
        RealFiles.require();
        Process process = Program.start(Program.realStore(), "serve");
        try (BufferedReader lines = process.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            int port = Program.port(lines);
            Program.awaitLine(lines, "Ready after");
            String body =
                    "{\"model\": \"default\", \"stream\": true, \"max_tokens\": 100, \"messages\":"
                            + " [{\"role\": \"user\", \"content\": \"Tell me a story.\"}]}";
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            Iterator<String> events =
                    client.send(request, HttpResponse.BodyHandlers.ofLines()).body().iterator();
            assertThat(events.next()).startsWith("data: {");

            process.destroy();

            List<String> rest = new ArrayList<>();
            events.forEachRemaining(rest::add);
            assertThat(rest).contains("data: [DONE]");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static int status(int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
