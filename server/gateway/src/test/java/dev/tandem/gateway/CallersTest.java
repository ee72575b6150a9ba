package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testing.Caller;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.TokenizeResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which models a caller may use and see. */
class CallersTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Secret everything = ApiKey.create(RANDOM);
    private final Secret small = ApiKey.create(RANDOM);
    private final Secret lister = ApiKey.create(RANDOM);
    private final ScriptedEngine engine = new ScriptedEngine(Script.saying("x"));
    private final Gateway gateway =
            new Gateway(
                    GatewaySettings.ofLoopback().with(callers()),
                    new Models(
                            List.of(model("tiny"), model("tiny.q4"), model("large")),
                            Map.of("small", "tiny", "tiny-looking", "large")),
                    (call, took) -> {});
    private final TestServer server = TestServer.of(gateway.start());

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "REST", "REST_H2"})
    void modelsAreAllowedByTheirOwnNames(Wire wire) {
        assertThat(tokenize(wire, "large", everything)).isEqualTo("ok");
        assertThat(tokenize(wire, "tiny", small)).isEqualTo("ok");
        assertThat(tokenize(wire, "tiny.q4", small)).isEqualTo("ok");
        assertThat(tokenize(wire, "small", small)).isEqualTo("ok");
        assertThat(tokenize(wire, "default", small)).isEqualTo("ok");
        assertThat(tokenize(wire, "large", small)).isEqualTo("model_not_allowed");
        assertThat(tokenize(wire, "tiny-looking", small))
                .as("an alias of large")
                .isEqualTo("model_not_allowed");
        assertThat(tokenize(wire, "none", small)).isEqualTo("model_not_found");
        assertThat(tokenize(wire, "tiny", lister)).isEqualTo("insufficient_scope");
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "REST", "REST_H2"})
    void onlyTheAllowedModelsAreListed(Wire wire) {
        assertThat(listed(wire, everything)).containsExactly("tiny", "tiny.q4", "large");
        assertThat(listed(wire, small)).containsExactly("tiny", "tiny.q4");
        assertThat(listed(wire, lister)).isEmpty();
    }

    @Test
    void nobodyElseIsServed() {
        assertThat(
                        server.call(
                                        Wire.REST,
                                        ModelServiceGrpc.getListModelsMethod(),
                                        ListModelsRequest.getDefaultInstance())
                                .status())
                .isEqualTo(401);
    }

    @Test
    void keysOfTheSettingsChangeWhileTheServerRuns() {
        Secret next = ApiKey.create(RANDOM);
        assertThat(tokenize(Wire.REST, "tiny", next)).isEqualTo("invalid_credentials");
        gateway.take(List.of(entry("next", next, Set.of("inference"), Map.of())));
        assertThat(tokenize(Wire.REST, "tiny", next)).isEqualTo("ok");
        assertThat(tokenize(Wire.GRPC, "tiny", everything)).isEqualTo("invalid_credentials");
    }

    @Test
    void originsChangeWhileTheServerRuns() {
        String app = "https://app.example";
        HttpRequest asked = HttpRequest.get("/health").header("origin", app);
        String header = "access-control-allow-origin";
        assertThat(server.client().http(Wire.Version.HTTP_1_1, asked).header(header)).isEmpty();
        gateway.take(CorsSettings.of(List.of(app)));
        assertThat(server.client().http(Wire.Version.HTTP_1_1, asked).header(header)).contains(app);
        gateway.take(CorsSettings.NONE);
        assertThat(server.client().http(Wire.Version.HTTP_1_1, asked).header(header)).isEmpty();
    }

    private List<String> listed(Wire wire, Secret key) {
        return server
                .client()
                .call(
                        wire,
                        ModelServiceGrpc.getListModelsMethod(),
                        ListModelsRequest.getDefaultInstance(),
                        Caller.PLAIN.header("x-api-key", key.reveal()))
                .message()
                .getDataList()
                .stream()
                .map(Model::getId)
                .toList();
    }

    private String tokenize(Wire wire, String model, Secret key) {
        Reply<TokenizeResponse> reply =
                server.client()
                        .call(
                                wire,
                                TokenServiceGrpc.getTokenizeMethod(),
                                TokenizeRequest.newBuilder().setModel(model).setPrompt("a").build(),
                                Caller.PLAIN.header("authorization", "Bearer " + key.reveal()));
        return reply.failure() == null ? "ok" : reply.error().reason();
    }

    private ServedModel model(String name) {
        return new ServedModel(name, engine, name, Instant.EPOCH);
    }

    private AuthSettings callers() {
        return new AuthSettings(
                false,
                List.of(
                        entry("all", everything, Set.of("inference", "models.read"), Map.of()),
                        entry(
                                "small",
                                small,
                                Set.of("*"),
                                Map.of("models", List.of("tiny", "tiny.*"))),
                        entry(
                                "lister",
                                lister,
                                Set.of("models.read"),
                                Map.of("models", List.of()))),
                Optional.empty(),
                Optional.empty(),
                CorsSettings.NONE);
    }

    private static KeyEntry entry(
            String name, Secret key, Set<String> scopes, Map<String, List<String>> attributes) {
        return new KeyEntry(name, KeyHash.of(key), scopes, attributes, Instant.EPOCH, null, null);
    }
}
