package dev.tandem.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.Reason;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * docs/faults.md has the rows that {@link FaultsTest} keeps. Its table is renewed by {@code ./mvnw
 * -pl server/gateway -am verify -Dtest=FaultsDocTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtandem.renew=true}.
 */
class FaultsDocTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "faults.md");
    private static final String BEGIN = "<!-- generated: faults -->\n";

    @Test
    void thePageHasTheRows() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        String renewed =
                page.substring(0, from) + table() + page.substring(page.indexOf("<!-- end -->"));
        if (Boolean.getBoolean("tandem.renew")) {
            Files.writeString(PAGE, renewed);
            return;
        }
        assertThat(page)
                .as("docs/faults.md is out of date; run this test with -Dtandem.renew=true")
                .isEqualTo(renewed);
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder(
                        "| the server sends, or does | gRPC | REST | `code` | `retry-after` | events and NDJSON |\n| --- | --- | --- | --- | --- | --- |\n");
        Faults.all().forEach(fault -> table.append(row(fault)));
        return table.toString();
    }

    private static String row(Fault fault) {
        Reason reason = fault.reason();
        if (reason == null) {
            return "| %s | OK | 200 |  |  | the whole answer: the request is sent again |\n"
                    .formatted(fault.what());
        }
        Duration retryAfter = fault.retryAfter();
        return "| %s | %s | %d | `%s` | %s | %s |\n"
                .formatted(
                        fault.what(),
                        Status.fromCodeValue(reason.code().grpc()).getCode(),
                        reason.code().http(),
                        reason.name(),
                        retryAfter == null ? "" : retryAfter.toSeconds() + " s",
                        fault.begun() ? "200, what came, the error" : reason.code().http());
    }
}
