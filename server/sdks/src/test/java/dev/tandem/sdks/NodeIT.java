package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** SDKs for JavaScript, with the packages that the lock file names. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OneServer.class)
class NodeIT {
    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final Path FOLDER = Commands.ROOM.resolve("node");

    private final Server server;

    NodeIT(Server server) {
        this.server = server;
    }

    @BeforeAll
    static void install() throws Exception {
        Needed.command("node");
        Needed.command("npm");
        copyScripts();
        Path lock = FOLDER.resolve("package-lock.json");
        Path installed = FOLDER.resolve("node_modules/installed.json");
        if (!Files.exists(installed) || Files.mismatch(lock, installed) >= 0) {
            Commands.run(
                    FOLDER,
                    List.of(
                            "npm",
                            "ci",
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts",
                            "--silent"));
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void openaiIsContent() throws Exception {
        assertThat(script("openai.js")).contains("openai is content");
    }

    @Test
    void langchainIsContent() throws Exception {
        assertThat(script("langchain.js")).contains("langchain is content");
    }

    @Test
    void theVercelAiSdkIsContent() throws Exception {
        assertThat(script("vercel.js")).contains("the Vercel AI SDK is content");
    }

    private String script(String name) throws Exception {
        return Commands.run(FOLDER, List.of("node", name, server.baseUrl()));
    }

    /** Node looks for packages beside a script. */
    private static void copyScripts() throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        FOLDER.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
