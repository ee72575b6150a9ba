package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users call the program with: the README's commands, word for word but for the port, and
 * gRPC's C core.
 */
@DisabledOnOs(OS.WINDOWS)
class ClientsIT {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Pattern BLOCK =
            Pattern.compile("^```(sh|python|yaml)\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private static final String GRPCURL = "github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3";

    private static Process process;
    private static int port;

    @BeforeAll
    static void serve() throws Exception {
        RealFiles.require();
        process = Program.start(Program.realStore(), "serve");
        BufferedReader lines = process.inputReader();
        port = Program.port(lines);
        Program.awaitLine(lines, "Ready after");
        Thread.ofVirtual()
                .start(() -> lines.lines().forEach(line -> {})); // a full pipe would stop it
    }

    @AfterAll
    static void stop() throws Exception {
        if (process != null) {
            process.destroy();
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        }
    }

    /**
     * The README's block of this language that begins so; where it stands twice, it is the same.
     */
    private static String block(String language, String begin) throws Exception {
        Set<String> found = new HashSet<>();
        Matcher blocks = BLOCK.matcher(Files.readString(README));
        while (blocks.find()) {
            if (blocks.group(1).equals(language) && blocks.group(2).startsWith(begin)) {
                found.add(blocks.group(2));
            }
        }
        assertThat(found).hasSize(1);
        return found.iterator().next();
    }

    private static String here(String block) {
        return block.replace(":8080", ":" + port);
    }

    private static String shell(String script) throws Exception {
        return Command.of("sh", "-c", script).output();
    }

    private static String python() throws Exception {
        return Installs.pip(Path.of("src", "test", "python", "requirements.txt")).toString();
    }

    @Test
    void theReadmesCurlCallAnswers() throws Exception {
        assertThat(shell(here(block("sh", "curl http://127.0.0.1:8080/v1/chat"))))
                .contains("\"object\":\"chat.completion\"", "The capital of France is Paris.");
    }

    @Test
    void theReadmesCurlCallStreams() throws Exception {
        assertThat(shell(here(block("sh", "curl -N"))))
                .contains("data: {", "Paris", "data: [DONE]");
    }

    @Test
    void theReadmesGrpcCallStreams() throws Exception {
        String path = Installs.go(GRPCURL).getParent() + File.pathSeparator + System.getenv("PATH");
        String answer =
                Command.of("sh", "-c", here(block("sh", "grpcurl"))).with("PATH", path).output();

        assertThat(answer).contains("ROLE_ASSISTANT", "Paris", "\"finish_reason\": \"stop\"");
    }

    @Test
    void theReadmesExtractionAnswers() throws Exception {
        assertThat(shell(here(block("sh", "curl http://127.0.0.1:8080/v1/extract"))))
                .containsPattern("\"value\":\\{\"name\":\"Ada Lovelace\",\"born\":\\d+}");
    }

    @Test
    void theReadmesPythonAnswers() throws Exception {
        assertThat(Command.of(python(), "-c", here(block("python", "from openai"))).output())
                .contains("Paris");
    }

    @Test
    void theSameLinesAskAServerElsewhere(@TempDir Path folder) throws Exception {
        try (OpenAiServer elsewhere = OpenAiServer.saying("Paris, ", "says another.")) {
            String yaml =
                    block("yaml", "engines:").replace("http://10.0.0.7:8000/v1", elsewhere.url());
            Path file = Files.writeString(folder.resolve("tandem.yaml"), yaml);
            Process front =
                    Program.start(
                            List.of(
                                    "TANDEM_PORT=0",
                                    "TANDEM_HOME=" + folder,
                                    "TANDEM_CONFIG=" + file,
                                    "GPU_KEY=sk-elsewhere"),
                            "serve");
            try {
                BufferedReader lines = front.inputReader();
                int frontPort = Program.port(lines);
                Program.awaitLine(lines, "Ready after");
                String script = block("python", "from openai").replace(":8080", ":" + frontPort);

                assertThat(Command.of(python(), "-c", script).output())
                        .contains("Paris, says another.");
                assertThat(elsewhere.bodies())
                        .singleElement()
                        .asString()
                        .contains("\"model\":\"qwen3-8b\"");
            } finally {
                front.destroy();
                assertThat(front.waitFor(40, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void theReadmesChatAnswers() throws Exception {
        String command = block("sh", "server/gateway/target/tandem-").strip();
        String script = "cd ../.. && " + command + " --temperature 0 'Name the capital of France.'";

        String answer =
                Command.of("sh", "-c", script).with("TANDEM_PORT", Integer.toString(port)).output();

        assertThat(answer).contains("Paris");
    }

    @Test
    void aPythonGrpcClientIsAnswered() throws Exception {
        String said =
                Command.of(python(), "src/test/python/grpc_client.py", "127.0.0.1:" + port)
                        .output();

        assertThat(said).contains("SERVING");
    }
}
