package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testing.Caller;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.ModelServiceGrpc;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose key may have which model answer, and list models, by every wire; pages beside them. */
class AccessTableTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> USUAL = Set.of("inference", "models.read");
    private static final Pattern REASON = Pattern.compile("\"reason\": ?\"([a-z_]+)\"");

    private static final Map<String, Caller> CALLERS = new TreeMap<>();

    private static ScriptedEngine engine;
    private static TestServer server;

    @BeforeAll
    static void start() {
        Secret all = ApiKey.create(RANDOM);
        Secret tiny = ApiKey.create(RANDOM);
        Secret lister = ApiKey.create(RANDOM);
        Secret asker = ApiKey.create(RANDOM);
        Secret seer = ApiKey.create(RANDOM);
        Secret gone = ApiKey.create(RANDOM);
        CALLERS.put("nobody", Caller.PLAIN);
        CALLERS.put("stranger", bearer(ApiKey.create(RANDOM)));
        CALLERS.put("all", bearer(all));
        CALLERS.put("all-key", Caller.PLAIN.header("x-api-key", all.reveal()));
        CALLERS.put("tiny", Caller.PLAIN.header("api-key", tiny.reveal()));
        CALLERS.put("lister", bearer(lister));
        CALLERS.put("asker", bearer(asker));
        CALLERS.put("seer", bearer(seer));
        CALLERS.put("gone", bearer(gone));
        AuthSettings auth =
                new AuthSettings(
                        false,
                        List.of(
                                entry("all", all, USUAL, Map.of()),
                                entry("tiny", tiny, USUAL, Map.of("models", List.of("ti*"))),
                                entry("lister", lister, Set.of("models.read"), Map.of()),
                                entry("asker", asker, Set.of("inference"), Map.of()),
                                entry("seer", seer, Set.of("metrics.read"), Map.of()),
                                entry("gone", gone, USUAL, Map.of()).revokedAt(Instant.EPOCH)),
                        Optional.empty(),
                        Optional.empty(),
                        CorsSettings.NONE);
        engine = new ScriptedEngine(Script.saying("x"));
        Models models = new Models(List.of(model("tiny"), model("large")), Map.of());
        server =
                TestServer.of(
                        new Gateway(
                                        GatewaySettings.ofLoopback().with(auth),
                                        models,
                                        (call, took) -> {})
                                .start());
    }

    @AfterAll
    static void stop() {
        server.close();
        engine.close();
    }

    // a cell is "ok" or the reason of the refusal
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # caller,  chat with tiny,       chat with large,      the list of models
                    nobody,    unauthenticated,      unauthenticated,      unauthenticated
                    stranger,  invalid_credentials,  invalid_credentials,  invalid_credentials
                    gone,      invalid_credentials,  invalid_credentials,  invalid_credentials
                    all,       ok,                   ok,                   ok
                    all-key,   ok,                   ok,                   ok
                    tiny,      ok,                   model_not_allowed,    ok
                    lister,    insufficient_scope,   insufficient_scope,   ok
                    asker,     ok,                   ok,                   insufficient_scope
                    seer,      insufficient_scope,   insufficient_scope,   insufficient_scope
                    """)
    void callsByEveryWire(String caller, String tiny, String large, String list) {
        for (Way way : Way.values()) {
            assertThat(chat(way, "tiny", caller)).as("%s tiny", way).isEqualTo(tiny);
            assertThat(chat(way, "large", caller)).as("%s large", way).isEqualTo(large);
        }
        for (Wire wire : List.of(Wire.GRPC, Wire.REST, Wire.REST_H2)) {
            assertThat(listed(wire, caller)).as("%s list", wire).isEqualTo(list);
        }
        for (Wire.Version version : Wire.Version.values()) {
            for (String method : List.of("Complete", "Stream")) {
                assertThat(connect(version, method, "tiny", caller)).isEqualTo(tiny);
                assertThat(connect(version, method, "large", caller)).isEqualTo(large);
                assertThat(grpcWeb(version, method, "tiny", caller)).isEqualTo(twin(tiny));
                assertThat(grpcWeb(version, method, "large", caller)).isEqualTo(twin(large));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # caller,  page, metrics, details of probes
                    nobody,    401,  401,     false
                    stranger,  401,  401,     false
                    gone,      401,  401,     false
                    all,       200,  403,     false
                    seer,      200,  200,     true
                    """)
    void pages(String caller, int page, int metrics, boolean details) {
        for (Wire.Version version : Wire.Version.values()) {
            assertThat(get(version, "/openapi.json", caller).status()).isEqualTo(page);
            assertThat(get(version, "/docs", caller).status()).isEqualTo(page);
            assertThat(get(version, "/", caller).status()).isEqualTo(page);
            assertThat(get(version, "/chat/chat.mjs", caller).status()).isEqualTo(page);
            assertThat(get(version, "/metrics", caller).status()).isEqualTo(metrics);
            for (String probe : List.of("/health", "/ready")) {
                HttpReply told = get(version, probe, caller);
                assertThat(told.status()).isEqualTo(200);
                assertThat(told.body().contains("\"parts\"")).isEqualTo(details);
            }
        }
    }

    private static String chat(Way way, String model, String caller) {
        try (OpenCall<? extends Message> call = open(way, request(model), as(caller))) {
            return outcome(call.rest());
        }
    }

    private static OpenCall<? extends Message> open(Way way, ChatRequest request, Caller caller) {
        return way.streams()
                ? server.client()
                        .open(way.wire(), ChatServiceGrpc.getStreamMethod(), request, caller)
                : server.client()
                        .open(way.wire(), ChatServiceGrpc.getCompleteMethod(), request, caller);
    }

    private static String listed(Wire wire, String caller) {
        return outcome(
                server.client()
                        .call(
                                wire,
                                ModelServiceGrpc.getListModelsMethod(),
                                ListModelsRequest.getDefaultInstance(),
                                as(caller)));
    }

    private static String outcome(Reply<?> reply) {
        return reply.ok() ? "ok" : reply.error().reason();
    }

    private static String connect(
            Wire.Version version, String method, String model, String caller) {
        boolean stream = method.equals("Stream");
        byte[] json =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"ROLE_USER\",\"content\":[{\"text\":\"hi\"}]}]}"
                        .formatted(model)
                        .getBytes(StandardCharsets.UTF_8);
        HttpReply reply =
                post(
                        version,
                        method,
                        stream ? framed(json) : json,
                        stream ? "application/connect+json" : "application/json",
                        caller);
        Matcher reason = REASON.matcher(reply.body());
        if (reason.find()) {
            assertThat(stream ? 401 : reply.status()).isBetween(400, 499);
            return reason.group(1);
        }
        assertThat(reply.body()).contains("\"x\"");
        return "ok";
    }

    private static int grpcWeb(Wire.Version version, String method, String model, String caller) {
        HttpReply reply =
                post(
                        version,
                        method,
                        framed(request(model).toByteArray()),
                        "application/grpc-web+proto",
                        caller);
        Matcher status = Pattern.compile("grpc-status: (\\d+)").matcher(reply.body());
        assertThat(status.find()).as(reply.body()).isTrue();
        return Integer.parseInt(status.group(1));
    }

    private static int twin(String outcome) {
        return switch (outcome) {
            case "ok" -> 0;
            case "insufficient_scope", "model_not_allowed" -> 7;
            default -> 16;
        };
    }

    private static HttpReply post(
            Wire.Version version, String method, byte[] body, String type, String caller) {
        Map<String, String> headers = new TreeMap<>(as(caller).headers());
        headers.put("content-type", type);
        headers.put("connect-protocol-version", "1");
        return server.client()
                .http(
                        version,
                        new HttpRequest("POST", "/tandem.v1.ChatService/" + method, headers, body));
    }

    private static HttpReply get(Wire.Version version, String path, String caller) {
        return server.client()
                .http(version, new HttpRequest("GET", path, as(caller).headers(), new byte[0]));
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static Caller as(String name) {
        return Objects.requireNonNull(CALLERS.get(name), name);
    }

    private static Caller bearer(Secret key) {
        return Caller.PLAIN.header("authorization", "Bearer " + key.reveal());
    }

    private static ChatRequest request(String model) {
        return Fixture.request().setModel(model).build();
    }

    private static ServedModel model(String name) {
        return new ServedModel(name, engine, name, Instant.EPOCH);
    }

    private static KeyEntry entry(
            String name, Secret key, Set<String> scopes, Map<String, List<String>> attributes) {
        return new KeyEntry(name, KeyHash.of(key), scopes, attributes, Instant.EPOCH, null, null);
    }
}
