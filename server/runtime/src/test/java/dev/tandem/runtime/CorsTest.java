package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.auth.TestSecrets;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.Note;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told of pages of other origins. */
class CorsTest {
    private static final String APP = "https://app.example";
    private static final byte[] NOTHING = {};
    private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

    private final Secret key = TestSecrets.key();
    private Server server = builder().cors(CorsSettings.of(List.of(APP + ":443"))).start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/notes",
                "/v1/notes:follow",
                "/tandem.test.v1.GuardService/Write",
                "/tandem.test.v1.GuardService/Collect",
                "/grpc.health.v1.Health/Check",
                "/openapi.json",
                "/nowhere"
            })
    void preflightsNeedNoCredentialAndAreAnsweredForEveryWire(String path) {
        for (Version version : Version.values()) {
            RawAnswer answer = preflight(version, path, APP);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo(APP);
            assertThat(answer.header("access-control-allow-methods").split(", "))
                    .contains("GET", "POST", "DELETE");
            assertThat(answer.header("access-control-allow-headers").split(", "))
                    .contains(
                            "authorization",
                            "x-api-key",
                            "content-type",
                            "connect-protocol-version",
                            "connect-timeout-ms",
                            "grpc-timeout",
                            "x-grpc-web",
                            "x-user-agent",
                            "traceparent",
                            "tracestate",
                            "idempotency-key");
            assertThat(answer.header("access-control-max-age")).isEqualTo("600");
            assertThat(answer.header("access-control-allow-credentials")).isEmpty();
            assertThat(answer.header("access-control-allow-private-network")).isEmpty();
            assertThat(answer.header("vary"))
                    .isEqualTo(
                            "origin, access-control-request-method,"
                                    + " access-control-request-headers");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "DELETE"})
    void preflightsOfConnectsGetAreAnsweredAndSoIsTheCall(String method) {
        String path = "/tandem.test.v1.GuardService/Read?connect=v1&encoding=json&message=%7B%7D";
        for (Version version : Version.values()) {
            RawAnswer allowed =
                    RawAnswer.to(
                            version,
                            server.port(),
                            "OPTIONS",
                            path,
                            NOTHING,
                            "origin",
                            APP,
                            "access-control-request-method",
                            method,
                            "access-control-request-headers",
                            "authorization,connect-timeout-ms,x-api-key");
            assertThat(allowed.status()).isEqualTo(204);
            assertThat(allowed.header("access-control-allow-methods").split(", ")).contains(method);
            readable(get(version, path, true));
            readable(get(version, path, false));
        }
    }

    @Test
    void whatIsNoPreflightNeedsACredential() {
        for (Version version : Version.values()) {
            RawAnswer answer =
                    RawAnswer.to(
                            version, server.port(), "OPTIONS", "/v1/notes", NOTHING, "origin", APP);
            assertThat(answer.status()).isEqualTo(401);
            readable(answer);
        }
    }

    @Test
    void privateNetworksAreAllowedWhereTheyAreAskedFor() {
        RawAnswer answer =
                RawAnswer.to(
                        Version.HTTP_1_1,
                        server.port(),
                        "OPTIONS",
                        "/v1/notes",
                        NOTHING,
                        "origin",
                        APP,
                        "access-control-request-method",
                        "POST",
                        "access-control-request-private-network",
                        "true");
        assertThat(answer.header("access-control-allow-private-network")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://app.example",
                "https://app.example:8443",
                "https://app.example.evil.example",
                "https://sub.app.example",
                "null"
            })
    void otherOriginsAreRefused(String origin) {
        for (Version version : Version.values()) {
            RawAnswer preflight = preflight(version, "/v1/notes", origin);
            assertThat(preflight.status()).isEqualTo(403);
            assertThat(preflight.header("access-control-allow-origin")).isEmpty();
            RawAnswer answer = post(version, "/v1/notes", JSON, "application/json", origin, true);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("access-control-allow-origin")).isEmpty();
            assertThat(answer.text()).contains("origin_not_allowed");
        }
    }

    @Test
    void answersOfEveryWireCanBeReadErrorsToo() {
        for (Version version : Version.values()) {
            for (boolean shown : new boolean[] {true, false}) {
                readable(post(version, "/v1/notes", JSON, "application/json", APP, shown));
                readable(post(version, "/v1/notes:follow", JSON, "application/json", APP, shown));
                String full = "/tandem.test.v1.GuardService/Write";
                readable(post(version, full, NOTHING, "application/proto", APP, shown));
                byte[] frame = Raw.frame(Note.getDefaultInstance());
                readable(post(version, full, frame, "application/grpc-web+proto", APP, shown));
                readable(
                        post(
                                version,
                                "/tandem.test.v1.GuardService/Follow",
                                Raw.frame(0, JSON),
                                "application/connect+json",
                                APP,
                                shown));
                readable(get(version, "/openapi.json", shown));
                readable(get(version, "/health", shown));
                readable(get(version, "/nowhere", shown));
            }
        }
    }

    private static void readable(RawAnswer answer) {
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(APP);
        assertThat(answer.header("vary").split(", ")).contains("origin");
        assertThat(answer.header("access-control-expose-headers").split(", "))
                .contains(
                        "grpc-status",
                        "grpc-message",
                        "grpc-status-details-bin",
                        "x-request-id",
                        "retry-after");
    }

    @Test
    void whoComesWithoutOriginIsToldThatOthersWouldHearSomethingElse() {
        RawAnswer answer = RawAnswer.to(Version.HTTP_1_1, server.port(), "GET", "/health", NOTHING);
        assertThat(answer.header("vary")).isEqualTo("origin");
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void withoutItNoPageOfAnotherOriginIsToldAnything() {
        server.close();
        server = builder().start();
        for (Version version : Version.values()) {
            RawAnswer answer = preflight(version, "/v1/notes", APP);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.headers().keySet())
                    .noneMatch(name -> name.startsWith("access-control"));
        }
    }

    @Test
    void aBrowsersOwnCredentialsOnlyWhereTold() {
        server.close();
        server =
                builder()
                        .cors(
                                new CorsSettings(
                                        Set.of(APP),
                                        List.of("X-Team"),
                                        true,
                                        Duration.ofSeconds(5)))
                        .start();
        RawAnswer answer = preflight(Version.HTTP_1_1, "/v1/notes", APP);
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(answer.header("access-control-allow-headers")).endsWith(", x-team");
        assertThat(answer.header("access-control-max-age")).isEqualTo("5");
    }

    @Test
    void onlyOriginsAreOrigins() {
        for (String wrong :
                List.of(
                        "*",
                        "null",
                        "app.example",
                        "https://app.example/",
                        "https://*.example",
                        "https://me@app.example",
                        "file:///x",
                        "https://app.example?x",
                        "")) {
            assertThatThrownBy(() -> CorsSettings.of(List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no origin");
        }
        assertThat(CorsSettings.of(List.of("HTTP://LocalHost:80", "http://[::1]:3000")).origins())
                .containsExactlyInAnyOrder("http://localhost", "http://[::1]:3000");
    }

    private ServerBuilder builder() {
        return Server.builder()
                .service(Notes.guarded())
                .authenticators(
                        List.of(
                                ApiKeys.of(
                                        List.of(TestSecrets.entry("app", key, "*")),
                                        InstantSource.system())));
    }

    private RawAnswer preflight(Version version, String path, String origin) {
        return RawAnswer.to(
                version,
                server.port(),
                "OPTIONS",
                path,
                NOTHING,
                "origin",
                origin,
                "access-control-request-method",
                "POST",
                "access-control-request-headers",
                "authorization,content-type");
    }

    private RawAnswer get(Version version, String path, boolean shown) {
        return RawAnswer.to(
                version,
                server.port(),
                "GET",
                path,
                NOTHING,
                "origin",
                APP,
                header(shown),
                value());
    }

    private RawAnswer post(
            Version version, String path, byte[] body, String type, String origin, boolean shown) {
        return RawAnswer.to(
                version,
                server.port(),
                "POST",
                path,
                body,
                "content-type",
                type,
                "origin",
                origin,
                header(shown),
                value());
    }

    private static String header(boolean shown) {
        return shown ? "x-api-key" : "x-nothing";
    }

    private String value() {
        return key.reveal();
    }
}
