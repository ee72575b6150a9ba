package dev.tandem.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Pipeline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserGuardTest {
    private static final List<String> HOSTS = List.of("Models.example", "10.0.0.5", "fd00::1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "localhost.:8080",
                "app.localhost",
                "127.0.0.1",
                "127.8.9.1:1",
                "[::1]",
                "[::1]:8080",
                "models.example",
                "MODELS.example:443",
                "10.0.0.5:8080",
                "[fd00::1]:8080"
            })
    void knownHostsAreServed(String host) {
        assertThat(outcome(HOSTS, "/v1/x", "host", host)).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evillocalhost",
                "127.0.0.1.evil.example",
                "localhost@evil.example",
                "localhost:8080:1",
                "localhost/x",
                "[::2]",
                "[::1",
                ""
            })
    void othersAreNot(String host) {
        assertThat(outcome(HOSTS, "/v1/x", "host", host)).isEqualTo("host_not_allowed");
    }

    @Test
    void noHostIsNoKnownHost() {
        assertThat(outcome(HOSTS, "/v1/x")).isEqualTo("host_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, ok",
        "http://[::1]:3000, ok",
        "https://models.example, ok",
        "https://evil.example, origin_not_allowed",
        "https://localhost.evil.example, origin_not_allowed",
        "null, origin_not_allowed",
        "localhost, origin_not_allowed",
        "https://localhost/x, origin_not_allowed"
    })
    void onlyPagesOfKnownHostsMayCall(String origin, String outcome) {
        assertThat(outcome(HOSTS, "/v1/x", "host", "localhost", "origin", origin))
                .isEqualTo(outcome);
    }

    @Test
    void whereEveryHostIsAllowedAPageMayCallItsOwn() {
        List<String> any = List.of("*");
        assertThat(outcome(any, "/v1/x", "host", "a.example", "origin", "https://a.example"))
                .isEqualTo("ok");
        assertThat(outcome(any, "/v1/x", "host", "a.example", "origin", "https://b.example"))
                .isEqualTo("origin_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/grpc.health.v1.Health/Check"})
    void probesAreExempt(String path) {
        assertThat(outcome(HOSTS, path, "host", "10.1.2.3")).isEqualTo("ok");
    }

    private static String outcome(List<String> hosts, String path, String... headers) {
        Head head = Heads.get(path, headers);
        try (Calls calls = new Calls(() -> "req_1")) {
            Pipeline pipeline = new Pipeline(List.of(new BrowserGuard(hosts)));
            ApiError refusal = pipeline.admit(calls.open(head, null));
            return refusal == null ? "ok" : refusal.reason();
        }
    }
}
