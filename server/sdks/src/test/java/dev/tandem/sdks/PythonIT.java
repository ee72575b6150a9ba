package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    private final Server server;

    PythonIT(Server server) {
        this.server = server;
    }

    @Test
    void openaiIsContent() throws Exception {
        assertThat(script("openai", "openai_sdk.py")).contains("openai is content");
    }

    @Test
    void langchainIsContent() throws Exception {
        assertThat(script("openai", "langchain_sdk.py")).contains("langchain is content");
    }

    @Test
    void litellmIsContent() throws Exception {
        assertThat(script("litellm", "litellm_sdk.py")).contains("litellm is content");
    }

    private String script(String environment, String name) throws Exception {
        return Commands.run(
                SCRIPTS, List.of(python(environment).toString(), name, server.baseUrl()));
    }

    /** A Python with the packages of the environment's requirements. */
    private static Path python(String environment) throws Exception {
        Path folder = Commands.ROOM.resolve(environment);
        Path python = folder.resolve("bin/python");
        Path requirements = SCRIPTS.resolve("requirements-" + environment + ".txt");
        Path installed = folder.resolve("installed.txt");
        if (!Files.exists(installed) || Files.mismatch(requirements, installed) >= 0) {
            Needed.command("python3");
            Files.createDirectories(folder);
            Commands.run(SCRIPTS, List.of("python3", "-m", "venv", folder.toString()));
            Commands.run(
                    SCRIPTS,
                    List.of(
                            python.toString(),
                            "-m",
                            "pip",
                            "install",
                            "-q",
                            "-r",
                            requirements.toString()));
            Files.copy(requirements, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return python;
    }
}
