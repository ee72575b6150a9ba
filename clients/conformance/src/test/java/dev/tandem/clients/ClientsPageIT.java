package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/clients.md: the same call in every language, each as it stands there. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OneServer.class)
class ClientsPageIT {
    private final ServedGateway server;
    private final DocsPage page;

    ClientsPageIT(ServedGateway server) throws IOException {
        this.server = server;
        page = DocsPage.of("clients.md");
    }

    @Test
    void python() throws IOException {
        String program = page.block("python", server);

        assertThat(Python.installed().command("-c", program).output()).contains("Paris");
    }

    @Test
    void typescript() throws IOException {
        Path folder = TypeScript.built();
        Files.writeString(folder.resolve("build/page.mjs"), page.block("typescript", server));

        assertThat(Command.of("node", "build/page.mjs").in(folder).output()).contains("Paris");
    }

    /**
     * A program must stand within a module, which knows its imports; {@code target} is nobody's.
     */
    @Test
    void go() throws IOException {
        Path module = Go.MODULES.getFirst();
        Path folder =
                Files.createTempDirectory(
                        Files.createDirectories(module.resolve("target")), "page");
        Path program = folder.resolve("main.go");
        Files.writeString(program, page.block("go", server));
        try {
            assertThat(Go.command(module, "run", program.toString()).output()).contains("Paris");
        } finally {
            Files.delete(program);
            Files.delete(folder);
        }
    }

    @Test
    void java(@TempDir Path folder) throws IOException {
        Path program = folder.resolve("Ask.java");
        Files.writeString(program, page.block("java", server));

        assertThat(
                        Command.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        program.toString())
                                .output())
                .contains("Paris");
    }

    @Test
    void curl() {
        assertThat(Command.of("sh", "-ec", page.block("curl", server)).output())
                .contains("Paris")
                .contains("data: [DONE]");
    }
}
