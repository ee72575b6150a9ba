package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.auth.TestSecrets;
import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.observe.ObserveSettings;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Denied by default; who is asked, and what is told of it. */
class AccessTest {
    private static final byte[] NOTHING = {};

    private final Secret key = TestSecrets.key();

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "no-such-host.invalid"})
    void strangersAreNotServedByOversight(String host) {
        assertThatThrownBy(() -> Server.builder().host(host).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(host)
                .hasMessageContaining("nobody is asked for credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "127.0.0.2"})
    void theLoopbackNeedsNoKeys(String host) {
        try (Server server = Server.builder().host(host).start()) {
            assertThat(server.port()).isPositive();
        }
    }

    @Test
    void anyAddressWhereItIsSaidOrKeysAreAskedFor() {
        try (Server open = Server.builder().host("0.0.0.0").openToAnybody().start();
                Server guarded =
                        Server.builder().host("0.0.0.0").authenticators(List.of(keys())).start()) {
            assertThat(get(open, "/openapi.json").status()).isEqualTo(200);
            assertThat(get(guarded, "/openapi.json").status()).isEqualTo(401);
        }
    }

    @Test
    void bothAtOnceIsAContradiction() {
        assertThatThrownBy(() ->
                        Server.builder().openToAnybody().authenticators(List.of(keys())).start())
                .hasMessageContaining("choose one");
    }

    @Test
    void whereNobodyIsAskedWhatIsShownIsNotRead() {
        try (Server server = Server.builder().service(Notes.guarded()).start()) {
            RawAnswer answer =
                    get(
                            server,
                            "/v1/notes/a",
                            "authorization",
                            "Bearer none",
                            "x-api-key",
                            "something else");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("anonymous");
        }
    }

    @Test
    void severalAuthenticatorsAreAskedInTheirOrderAndClosedWithTheServer() {
        DeafAuthenticator deaf = new DeafAuthenticator();
        try (Server server =
                Server.builder()
                        .service(Notes.guarded())
                        .authenticators(List.of(deaf))
                        .authenticators(List.of(keys()))
                        .start()) {
            assertThat(get(server, "/v1/notes/a", "x-api-key", key.reveal()).text()).contains("ci");
        }
        assertThat(deaf.closed()).isEqualTo(1);
    }

    @Test
    void keysMayStandInSeveralPlaces() {
        Secret other = TestSecrets.key();
        Secret late = TestSecrets.key();
        ApiKeys none = ApiKeys.of(List.of(), InstantSource.system());
        ApiKeys more =
                ApiKeys.of(
                        List.of(
                                TestSecrets.entry("other", other, "notes.read"),
                                TestSecrets.expiring("late", late, Instant.EPOCH, "*")),
                        InstantSource.system());
        try (Server server =
                Server.builder()
                        .service(Notes.guarded())
                        .authenticators(List.of(none, keys(), more, none))
                        .start()) {
            for (Secret good : List.of(key, other)) {
                assertThat(get(server, "/v1/notes/a", "x-api-key", good.reveal()).status())
                        .isEqualTo(200);
            }
            assertThat(get(server, "/v1/notes/a", "x-api-key", late.reveal()).text())
                    .contains("expired_credentials");
            assertThat(get(server, "/v1/notes/a", "x-api-key", TestSecrets.key().reveal()).text())
                    .contains("invalid_credentials");
        }
    }

    @Test
    void callsOfAdministratorsAreWrittenDown() throws InterruptedException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Logger audit = Logger.getLogger("audit");
        Handler listener =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        lines.add(entry.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        audit.addHandler(listener);
        try (Server server =
                Server.builder().service(Notes.guarded()).authenticators(List.of(keys())).start()) {
            reset(server, key.reveal());
            assertThat(lines.poll(20, TimeUnit.SECONDS))
                    .contains(
                            "caller=ci call=tandem.test.v1.GuardService/Reset wire=REST verb=POST"
                                    + " path=/v1/notes:reset code=OK peer=")
                    .contains("request_id=r-1")
                    .doesNotContain(key.reveal());
            reset(server, "tdm_x");
            assertThat(lines.poll(20, TimeUnit.SECONDS))
                    .contains("caller=- ", "code=UNAUTHENTICATED/invalid_credentials");
            assertThat(get(server, "/v1/notes/a", "x-api-key", key.reveal()).status())
                    .isEqualTo(200);
            assertThat(lines).isEmpty();
        } finally {
            audit.removeHandler(listener);
        }
    }

    @Test
    void theDocumentSaysWhatIsAskedFor() {
        try (Server server =
                Server.builder()
                        .service(Notes.guarded())
                        .service(Notes.open())
                        .authenticators(List.of(keys()))
                        .start()) {
            JsonObject document =
                    json(get(server, "/openapi.json", "x-api-key", key.reveal()).text());
            assertThat(document.getJsonObject("components").getJsonObject("securitySchemes"))
                    .containsOnlyKeys("bearer", "basic", "apiKey");
            assertThat(document.getJsonArray("security").toString())
                    .isEqualTo("[{\"bearer\":[]},{\"basic\":[]},{\"apiKey\":[]}]");
            JsonObject write = operation(document, "/v1/notes", "post");
            assertThat(write.getJsonArray("security").getJsonObject(0).toString())
                    .isEqualTo("{\"bearer\":[\"notes.read\",\"notes.write\"]}");
            assertThat(write.getString("description"))
                    .contains("Needs the scope `notes.read` and `notes.write`.");
            assertThat(write.getJsonObject("responses")).containsKeys("401", "403");
            assertThat(operation(document, "/v1/visits", "post")).doesNotContainKey("security");
            assertThat(operation(document, "/health", "get").getJsonArray("security")).isEmpty();
            assertThat(operation(document, "/health", "get").getJsonObject("responses"))
                    .doesNotContainKeys("401");
        }
    }

    @Test
    void theDocumentHasTheMetricsWhereThereAreAnyWithTheirScope() {
        for (boolean there : new boolean[] {true, false}) {
            try (Server server =
                    Server.builder()
                            .authenticators(List.of(keys()))
                            .observe(
                                    Observability.of(ObserveSettings.defaults().withMetrics(there)))
                            .start()) {
                JsonObject document =
                        json(get(server, "/openapi.json", "x-api-key", key.reveal()).text());
                if (!there) {
                    assertThat(document.getJsonObject("paths")).doesNotContainKey("/metrics");
                    continue;
                }
                JsonObject metrics = operation(document, "/metrics", "get");
                assertThat(metrics.getJsonArray("security").getJsonObject(0).toString())
                        .isEqualTo("{\"bearer\":[\"metrics.read\"]}");
                assertThat(metrics.getJsonObject("responses")).containsKeys("200", "401", "403");
            }
        }
    }

    @Test
    void theDocumentOfAServerThatAsksNobodySaysNothingOfIt() {
        try (Server server = Server.builder().service(Notes.guarded()).start()) {
            String document = get(server, "/openapi.json").text();
            assertThat(document).doesNotContain("securitySchemes", "Needs the scope", "\"401\"");
        }
    }

    private static JsonObject operation(JsonObject document, String path, String verb) {
        return document.getJsonObject("paths").getJsonObject(path).getJsonObject(verb);
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static void reset(Server server, String shown) {
        RawAnswer.to(
                Version.HTTP_1_1,
                server.port(),
                "POST",
                "/v1/notes:reset",
                "{}".getBytes(StandardCharsets.UTF_8),
                "content-type",
                "application/json",
                "x-request-id",
                "r-1",
                "x-api-key",
                shown);
    }

    private static RawAnswer get(Server server, String path, String... headers) {
        return RawAnswer.to(Version.HTTP_1_1, server.port(), "GET", path, NOTHING, headers);
    }

    private ApiKeys keys() {
        return ApiKeys.of(
                List.of(TestSecrets.entry("ci", key, "notes.read", "admin")),
                InstantSource.system());
    }
}
