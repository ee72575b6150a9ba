package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client for Python: its own tests, against the served models, and what checks its code. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OneServer.class)
class PythonClientIT {
    private final ServedGateway server;

    PythonClientIT(ServedGateway server) {
        this.server = server;
    }

    @Test
    void itsOwnTestsPass(Secured secured) throws IOException {
        String told =
                secured.known(Python.installed().command("-m", "pytest", "-p", "no:cacheprovider"))
                        .with("TANDEM_ADDRESS", server.address())
                        .output();

        assertThat(told).contains(" passed").doesNotContain("skipped");
    }

    @Test
    void itsTypesHold() throws IOException {
        assertThat(Python.installed().command("-m", "mypy").output()).contains("no issues found");
    }

    @Test
    void itsCodeIsTidy() throws IOException {
        Python python = Python.installed();
        python.command("-m", "ruff", "check").output();
        python.command("-m", "ruff", "format", "--check").output();
    }
}
