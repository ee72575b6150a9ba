package dev.tandem.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** gRPC's test service as WebSockets, by Python's library of that name. */
final class PythonWebSocketsIT {
    private static final Path SCRIPTS = Path.of("src", "test", "python");

    @Test
    void conversations() throws Exception {
        Path python = Installs.pip(SCRIPTS.resolve("requirements-websockets.txt"));
        try (TestService server = new TestService()) {
            String printed =
                    Command.of(
                                    python.toString(),
                                    SCRIPTS.resolve("conversations.py").toString(),
                                    String.valueOf(server.port()))
                            .output();

            assertThat(printed.lines()).hasSize(9).allMatch(line -> line.endsWith(" passed"));
        }
    }
}
