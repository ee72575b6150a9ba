package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** SDKs for Python. LiteLLM needs an older one of OpenAI's, so it has an environment of its own. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OneServer.class)
class PythonIT {
    private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

    private final ServedGateway server;

    PythonIT(ServedGateway server) {
        this.server = server;
    }

    @Test
    void openaiIsContent() throws IOException {
        assertThat(script("openai", "openai_sdk.py")).contains("openai is content");
    }

    @Test
    void langchainIsContent() throws IOException {
        assertThat(script("openai", "langchain_sdk.py")).contains("langchain is content");
    }

    @Test
    void litellmIsContent() throws IOException {
        assertThat(script("litellm", "litellm_sdk.py")).contains("litellm is content");
    }

    @Test
    void instructorIsContent() throws IOException {
        assertThat(script("instructor", "instructor_sdk.py", "real"))
                .contains("instructor is content");
    }

    /** No SDK calls home, or fetches what it has in the package. */
    private String script(String environment, String name, String... more) throws IOException {
        Path python = Installs.pip(SCRIPTS.resolve("requirements-" + environment + ".txt"));
        List<String> words = new ArrayList<>(List.of(python.toString(), name, server.baseUrl()));
        words.addAll(List.of(more));
        return Command.of(words)
                .in(SCRIPTS)
                .with("LANGSMITH_TRACING", "false")
                .with("LANGCHAIN_TRACING_V2", "false")
                .with("LITELLM_LOCAL_MODEL_COST_MAP", "True")
                .with("PYTHONDONTWRITEBYTECODE", "1")
                .output();
    }
}
