package dev.tandem.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages send without a preflight is taken from pages of the same origin only. */
class FormOriginTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    localhost:8080,   http://localhost:8080, same-origin, ok
                    localhost:8080,   http://localhost:8080, -,           ok
                    LOCALHOST:8080,   http://localhost:8080, -,           ok
                    models.example,   https://models.example, -,          ok
                    localhost:8080,   -,                     -,           ok
                    localhost:8080,   -,                     none,        ok
                    localhost:8080,   http://localhost:3000, same-site,   origin_not_allowed
                    localhost:8080,   http://localhost:3000, -,           origin_not_allowed
                    localhost:8080,   http://127.0.0.1:8080, -,           origin_not_allowed
                    localhost:8080,   http://localhost,      -,           origin_not_allowed
                    models.example,   https://a.models.example, same-site, origin_not_allowed
                    localhost:8080,   https://evil.example,  -,           origin_not_allowed
                    localhost:8080,   https://evil.example,  same-origin, origin_not_allowed
                    localhost:8080,   null,                  -,           origin_not_allowed
                    localhost:8080,   null,                  cross-site,  origin_not_allowed
                    localhost:8080,   -,                     cross-site,  origin_not_allowed
                    localhost:8080,   -,                     same-site,   origin_not_allowed
                    localhost:8080,   -,                     whatever,    origin_not_allowed
                    """)
    void formsComeFromPagesOfTheSameOrigin(
            String host, @Nullable String origin, @Nullable String site, String outcome) {
        for (String type :
                List.of(
                        "application/x-www-form-urlencoded",
                        "Multipart/Form-Data; boundary=x",
                        "text/plain;charset=utf-8")) {
            assertThat(outcome(host, origin, site, type)).as(type).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/grpc-web+proto"})
    void ofOtherTypesBrowsersAskFirst(String type) {
        assertThat(outcome("localhost:8080", "http://localhost:3000", "same-site", type))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({
        "false, x-team, a, ok",
        "false, authorization, Bearer x, ok",
        "false, authorization, Basic eDp4, origin_not_allowed",
        "false, cookie, a=b, origin_not_allowed",
        "true, cookie, a=b, ok",
        "true, authorization, Basic eDp4, ok"
    })
    void pagesOfListedOriginsMayUseTheBrowsersCredentialsWhereThatIsSaid(
            boolean credentials, String header, String value, String outcome) {
        CorsSettings cors =
                new CorsSettings(
                        Set.of("https://app.example"),
                        List.of(),
                        credentials,
                        Duration.ofMinutes(1));

        assertThat(
                        outcome(
                                cors,
                                "host",
                                "localhost:8080",
                                "content-type",
                                "multipart/form-data; boundary=x",
                                "origin",
                                "https://app.example",
                                "sec-fetch-site",
                                "cross-site",
                                header,
                                value))
                .isEqualTo(outcome);
    }

    private static String outcome(
            String host, @Nullable String origin, @Nullable String site, String type) {
        List<String> headers = new ArrayList<>(List.of("host", host, "content-type", type));
        if (origin != null) {
            headers.addAll(List.of("origin", origin));
        }
        if (site != null) {
            headers.addAll(List.of("sec-fetch-site", site));
        }
        return outcome(CorsSettings.NONE, headers.toArray(String[]::new));
    }

    private static String outcome(CorsSettings cors, String... headers) {
        try (Calls calls = new Calls(() -> "req_1")) {
            Pipeline pipeline =
                    new Pipeline(List.of(new BrowserGuard(List.of("models.example"), () -> cors)));
            ApiError refusal = pipeline.admit(calls.open(Heads.get("/f", headers), null));
            return refusal == null ? "ok" : refusal.reason();
        }
    }
}
