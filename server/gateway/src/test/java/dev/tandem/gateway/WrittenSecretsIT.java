package dev.tandem.gateway;

import dev.tandem.testtools.WrittenSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Looks through all that this module's tests made servers and commands write, after they have run:
 * no key and no token of theirs may stand there.
 */
@Order(Integer.MAX_VALUE) // the last of the integration tests: junit-platform.properties
class WrittenSecretsIT {
    @Test
    void whatCallsWithKeysMadeServersLogHasNone() throws IOException {
        List<Path> written = WrittenSecrets.written();
        Assumptions.assumeTrue(
                written.stream().anyMatch(each -> each.toString().contains("AccessTableTest")),
                "the tests of access have not run in this build");
        WrittenSecrets.areInNone(written, "insufficient_scope");
    }

    @Test
    void whatProgramsPrintedHasNone() throws IOException {
        List<Path> printed = WrittenSecrets.printed();
        Assumptions.assumeTrue(
                printed.stream().anyMatch(each -> each.toString().contains("tandem")),
                "no program of this build has run");
        WrittenSecrets.areInNone(printed, "Tandem listens");
    }
}
