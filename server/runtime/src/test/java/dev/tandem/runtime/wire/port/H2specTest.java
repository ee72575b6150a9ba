package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.Server;
import dev.tandem.runtime.tls.TestKeys;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import io.helidon.webserver.http.HttpRouting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The conformance cases of h2spec: HTTP/2 and HPACK, all of them. */
class H2specTest {
    private static final String H2SPEC =
            "github.com/summerwind/h2spec/cmd/h2spec@v2.2.1+incompatible";

    private static void routes(HttpRouting.Builder routing) {
        routing.get("/", (request, response) -> response.send("hello"))
                .post("/", (request, response) -> response.send("hello"));
    }

    @Test
    void everyCaseWithoutTls() throws Exception {
        try (TestServer server = TestServer.start(H2specTest::routes)) {
            everyCasePasses(server.port());
        }
    }

    @Test
    void everyCaseOverTls() throws Exception {
        try (Server server =
                Server.builder()
                        .routes(H2specTest::routes)
                        .tls(TestKeys.made().server())
                        .drainLimit(Duration.ZERO)
                        .start()) {
            everyCasePasses(server.port(), "-t", "-k");
        }
    }

    private static void everyCasePasses(int port, String... more) throws Exception {
        Path h2spec = Installs.go(H2SPEC);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                h2spec.toString(),
                                "-h",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-o",
                                "5"));
        command.addAll(List.of(more));
        command.addAll(List.of("-S", "generic", "http2", "hpack"));
        String report = Command.of(command).output();
        assertThat(report).contains("0 skipped, 0 failed").doesNotContain(" 0 tests");
    }
}
