package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client for Go: its own tests, against the served models, and what checks its code. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OneServer.class)
class GoClientIT {
    private final ServedGateway server;

    GoClientIT(ServedGateway server) {
        this.server = server;
    }

    @Test
    void itsOwnTestsPass(Secured secured) throws IOException {
        String told =
                secured.known(Go.command(Go.MODULES.getFirst(), "test", "-count=1", "-v", "."))
                        .with("TANDEM_ADDRESS", server.address())
                        .output();

        assertThat(told).contains("--- PASS: ").doesNotContain("--- SKIP: ");
    }

    @Test
    void itsCodeIsTidy() throws IOException {
        for (Path module : Go.MODULES) {
            Go.command(module, "vet", "./...").output();
            assertThat(Command.of("gofmt", "-l", ".").in(module).output()).isEmpty();
        }
    }
}
