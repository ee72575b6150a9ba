package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** SDKs for JavaScript, with the packages that the lock file names. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OneServer.class)
class NodeIT {
    private final ServedGateway server;

    NodeIT(ServedGateway server) {
        this.server = server;
    }

    @Test
    void openaiIsContent() throws IOException {
        assertThat(script("openai.js")).contains("openai is content");
    }

    @Test
    void langchainIsContent() throws IOException {
        assertThat(script("langchain.js")).contains("langchain is content");
    }

    @Test
    void theVercelAiSdkIsContent() throws IOException {
        assertThat(script("vercel.js")).contains("the Vercel AI SDK is content");
    }

    private String script(String name) throws IOException {
        return Command.of("node", name, server.baseUrl())
                .in(Installs.npm(Path.of("src", "test", "node")))
                .with("LANGSMITH_TRACING", "false")
                .with("LANGCHAIN_TRACING_V2", "false")
                .output();
    }
}
