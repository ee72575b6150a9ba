package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.WatchedPage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A page of another origin in Chromium calls a server that asks for keys, by every client that
 * browsers have: served where its origin is listed, kept out elsewhere.
 */
@DisabledOnOs(OS.WINDOWS)
@TestInstance(Lifecycle.PER_CLASS)
class BrowserOriginsIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ScriptedEngine engine = new ScriptedEngine(Script.saying("Hello", " you"));
    private final Secret key = ApiKey.create(RANDOM);
    private final Secret unknown = ApiKey.create(RANDOM);
    private Chromium chromium;
    private PageServer home;
    private WatchedPage page;
    private Server listing;
    private Server deaf;

    @BeforeAll
    void start() throws Exception {
        chromium = new Chromium();
        Path scripts = PageScripts.folder();
        Models models =
                new Models(
                        List.of(new ServedModel("tiny", engine, "own", Instant.EPOCH)), Map.of());
        home = new PageServer(models, Optional.empty(), scripts);
        PageScripts.make(scripts, home.port(), "page.ts");
        listing = server(models, CorsSettings.of(List.of(home.site())));
        deaf = server(models, CorsSettings.of(List.of("https://app.example")));
        page = chromium.page(home.site()).open("/page");
        page.page().waitForFunction("() => window.loaded === true");
    }

    private Server server(Models models, CorsSettings cors) {
        KeyEntry app =
                new KeyEntry(
                        "app",
                        KeyHash.of(key),
                        Set.of("inference", "models.read"),
                        Map.of(),
                        Instant.EPOCH,
                        null,
                        null);
        AuthSettings auth =
                new AuthSettings(false, List.of(app), Optional.empty(), Optional.empty(), cors);
        return new Gateway(GatewaySettings.ofLoopback().with(auth), models, (call, took) -> {})
                .start();
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {chromium, home, listing, deaf, engine}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rest, application/json, Hello you",
        "rest, text/event-stream, Hello| you",
        "rest, application/x-ndjson, Hello| you",
        "connect, connect, tiny|Hello| you",
        "connect, grpc-web, tiny|Hello| you",
        "grpcweb, text, Hello| you",
        "grpcweb, binary, Hello| you"
    })
    void aListedOriginIsAnswered(String client, String way, String words) {
        Map<String, Object> told = told(client, way, listing, key);

        assertThat(told).containsEntry("failed", "");
        assertThat(told.get("words")).isEqualTo(List.of(words.split("\\|", -1)));
        if (client.equals("rest")) {
            assertThat(told).containsEntry("requestId", "from-abroad");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rest, application/json, 401 invalid_credentials Basic",
        "rest, text/event-stream, 401 invalid_credentials Basic",
        "connect, connect, Unauthenticated invalid_credentials",
        "connect, grpc-web, Unauthenticated invalid_credentials",
        "grpcweb, text, 16 The API key",
        "grpcweb, binary, 16 The API key"
    })
    void aListedOriginReadsWhyItIsRefused(String client, String way, String failed) {
        assertThat((String) told(client, way, listing, unknown).get("failed")).startsWith(failed);
    }

    @ParameterizedTest
    @CsvSource({
        "rest, application/json, TypeError: Failed to fetch",
        "rest, text/event-stream, TypeError: Failed to fetch",
        "connect, connect, Unknown",
        "connect, grpc-web, Unknown",
        "grpcweb, text, 2 Http response",
        "grpcweb, binary, 2 Http response"
    })
    void anotherOriginReadsNothing(String client, String way, String failed) {
        int before = engine.runs().size();

        Map<String, Object> told = told(client, way, deaf, key);

        assertThat((String) told.get("failed")).startsWith(failed);
        assertThat(told).containsEntry("words", List.of()).containsEntry("requestId", "");
        assertThat(engine.runs()).hasSize(before);
    }

    @SuppressWarnings("unchecked") // an object of JavaScript
    private Map<String, Object> told(String client, String way, Server server, Secret shown) {
        return (Map<String, Object>)
                page.page()
                        .evaluate(
                                "([way, site, key]) => abroad." + client + "(way, site, key)",
                                List.of(way, "http://localhost:" + server.port(), shown.reveal()));
    }
}
