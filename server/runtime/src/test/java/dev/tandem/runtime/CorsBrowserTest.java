package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.auth.TestSecrets;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.WatchedPage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A page of another origin, in a real browser, calls by every wire that browsers speak. */
class CorsBrowserTest {
    /** Posts and tells status and text, or that the browser does not let the page know them. */
    private static final String POST =
            """
            async ({url, headers, frame}) => {
              const body = frame ? new Uint8Array([0, 0, 0, 0, 0]) : '{}';
              try {
                const answer = await fetch(url, {method: 'POST', headers, body});
                return answer.status + ' ' + answer.headers.get('x-request-id') + ' ' + await answer.text();
              } catch (e) {
                return 'kept from the page';
              }
            }
            """;

    private static Chromium chromium;

    private final Secret key = TestSecrets.key();

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void aListedOriginReadsAnswersAndErrors() {
        try (Server app = Server.builder().start();
                Server server = builder().cors(CorsSettings.of(List.of(origin(app)))).start();
                WatchedPage page = chromium.page(origin(app))) {
            page.open("/health");
            for (String path : List.of("/v1/notes", "/v1/notes:follow")) {
                assertThat(json(page, server, path, key.reveal()))
                        .startsWith("200 r-")
                        .contains("app");
                assertThat(json(page, server, path, "nobody")).startsWith("401 r-");
            }
            String full = "/tandem.test.v1.GuardService/Write";
            assertThat(
                            post(
                                    page,
                                    server,
                                    full,
                                    Map.of(
                                            "content-type", "application/json",
                                            "connect-protocol-version", "1",
                                            "connect-timeout-ms", "5000",
                                            "authorization", "Bearer " + key.reveal())))
                    .startsWith("200 ")
                    .contains("app");
            assertThat(
                            post(
                                    page,
                                    server,
                                    full,
                                    Map.of(
                                            "content-type", "application/grpc-web+proto",
                                            "x-grpc-web", "1",
                                            "grpc-timeout", "5S",
                                            "x-user-agent", "test",
                                            "authorization", "Bearer " + key.reveal())))
                    .startsWith("200 ")
                    .contains("grpc-status: 0");
        }
    }

    @Test
    void anotherOriginReadsNothing() {
        try (Server app = Server.builder().start();
                Server closed = builder().start();
                Server others =
                        builder().cors(CorsSettings.of(List.of("https://a.example"))).start();
                WatchedPage page = chromium.page(origin(app))) {
            page.open("/health");
            for (Server server : List.of(closed, others)) {
                assertThat(json(page, server, "/v1/notes", key.reveal()))
                        .isEqualTo("kept from the page");
            }
        }
    }

    private static String json(WatchedPage page, Server server, String path, String key) {
        return post(
                page,
                server,
                path,
                Map.of(
                        "content-type", "application/json",
                        "x-request-id", "r-1",
                        "x-api-key", key));
    }

    private static String post(
            WatchedPage page, Server server, String path, Map<String, String> headers) {
        boolean frame = headers.getOrDefault("content-type", "").contains("grpc");
        return String.valueOf(
                page.page()
                        .evaluate(
                                POST,
                                Map.of(
                                        "url", origin(server) + path,
                                        "headers", headers,
                                        "frame", frame)));
    }

    private static String origin(Server server) {
        return "http://localhost:" + server.port();
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
}
