package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.TestSecrets;
import dev.tandem.runtime.tls.TestKeys;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Running;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers are told to come by TLS only where they came so, by a name that is no loopback's. */
class StrictTransportTest {
    private static final TestKeys KEYS = TestKeys.made();
    private static final String HEADER = "strict-transport-security: max-age=31536000";

    @ParameterizedTest
    @CsvSource({
        "http1.1, /health, 200",
        "http2, /health, 200",
        "http1.1, /docs, 401",
        "http2, /docs, 401",
        "http1.1, /nowhere, 401",
        "http2, /nowhere, 401"
    })
    void itIsSentOverTlsByANameErrorsToo(String version, String path, int status) {
        try (Server server = server().tls(KEYS.server()).start()) {
            String head = head(server, version, "https", "tandem.example", path);
            assertThat(head).contains(" " + status).containsOnlyOnce(HEADER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "a.localhost", "[::1]"})
    void theLoopbackIsNotTiedToTls(String host) {
        try (Server server = server().tls(KEYS.server()).start()) {
            for (String version : List.of("http1.1", "http2")) {
                assertThat(head(server, version, "https", "127.0.0.1", "/health", "Host: " + host))
                        .contains(" 200")
                        .doesNotContain("strict-transport-security");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1.1", "http2-prior-knowledge"})
    void withoutTlsItIsNotSent(String version) {
        try (Server server = server().start()) {
            assertThat(head(server, version, "http", "tandem.example", "/health"))
                    .contains(" 200")
                    .doesNotContain("strict-transport-security");
        }
    }

    private static ServerBuilder server() {
        return Server.builder()
                .allowedHosts(List.of("tandem.example"))
                .authenticators(
                        List.of(
                                ApiKeys.of(
                                        List.of(
                                                TestSecrets.entry(
                                                        "ci", TestSecrets.key(), "notes.read")),
                                        InstantSource.system())));
    }

    /** The head of the answer, in small letters. */
    private static String head(
            Server server,
            String version,
            String scheme,
            String host,
            String path,
            String... headers) {
        List<String> words = new ArrayList<>();
        // the certificate has not this name
        words.addAll(List.of("curl", "-sS", "-k", "--" + version, "-o", "/dev/null", "-D", "-"));
        words.addAll(List.of("--resolve", host + ":" + server.port() + ":127.0.0.1"));
        for (String header : headers) {
            words.addAll(List.of("-H", header));
        }
        words.add("%s://%s:%d%s".formatted(scheme, host, server.port(), path));
        Running.Ended curl = Command.of(words).run();
        assertThat(curl.exit()).as(curl.text()).isZero();
        return curl.text().toLowerCase(Locale.ROOT);
    }
}
