package dev.tandem.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any page can open a WebSocket, with the browser's cookies, and read what comes. */
class SocketOriginTest {
    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080, cookie, a=b, ok",
        "localhost:8080, http://localhost:3000, cookie, a=b, origin_not_allowed",
        "localhost:8080, http://localhost:3000, authorization, Basic eDp4, origin_not_allowed",
        "localhost:8080, http://localhost:3000, authorization, Bearer x, ok",
        "models.example, https://models.example, cookie, a=b, ok",
        "models.example, https://models.example:8443, cookie, a=b, origin_not_allowed",
        "models.example, https://app.example, cookie, a=b, origin_not_allowed",
        "models.example, https://app.example, authorization, Bearer x, ok",
        "models.example, https://evil.example, authorization, Bearer x, origin_not_allowed"
    })
    void whatTheBrowserAddsIsForPagesOfTheSameOrigin(
            String host, String origin, String header, String value, String outcome) {
        assertThat(outcome(false, "host", host, "origin", origin, header, value))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example, ok",
        "http://localhost:3000, origin_not_allowed",
        "https://evil.example, origin_not_allowed"
    })
    void listedOriginsMayUseItWhereThatIsSaid(String origin, String outcome) {
        assertThat(outcome(true, "host", "localhost:8080", "origin", origin, "cookie", "a=b"))
                .isEqualTo(outcome);
    }

    @Test
    void whoIsNoBrowserMayHaveCookies() {
        assertThat(outcome(false, "host", "localhost:8080", "cookie", "a=b")).isEqualTo("ok");
    }

    private static String outcome(boolean credentials, String... headers) {
        CorsSettings cors =
                new CorsSettings(
                        Set.of("https://app.example"),
                        List.of(),
                        credentials,
                        Duration.ofMinutes(1));
        Head get = Heads.get("/talk", headers);
        Head socket =
                new Head(
                        Head.Wire.WEBSOCKET,
                        get.verb(),
                        get.path(),
                        null,
                        get.headers(),
                        get.peer());
        try (Calls calls = new Calls(() -> "req_1")) {
            Pipeline pipeline =
                    new Pipeline(List.of(new BrowserGuard(List.of("models.example"), () -> cors)));
            ApiError refusal = pipeline.admit(calls.open(socket, null));
            return refusal == null ? "ok" : refusal.reason();
        }
    }
}
