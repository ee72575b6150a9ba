package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * How the gateway is, for those who ask: short for all, with details for those who may see them.
 */
class HealthTest {
    private final Secret operator = ApiKey.create(new SecureRandom());
    private final Secret stranger = ApiKey.create(new SecureRandom());

    private Fixture gateway() {
        AuthSettings keys =
                new AuthSettings(
                        false,
                        List.of(
                                entry("operator", operator, "metrics.read"),
                                entry("stranger", stranger, "inference")),
                        Optional.empty(),
                        Optional.empty(),
                        CorsSettings.NONE);
        return new Fixture(Script.saying("a"), GatewaySettings.ofLoopback().with(keys));
    }

    private static KeyEntry entry(String name, Secret key, String scope) {
        return new KeyEntry(
                name, KeyHash.of(key), Set.of(scope), Map.of(), Instant.EPOCH, null, null);
    }

    private static HttpReply get(Fixture gateway, String path, Secret key) {
        return gateway.server
                .client()
                .http(
                        Wire.Version.HTTP_1_1,
                        HttpRequest.get(path).header("x-api-key", key.reveal()));
    }

    private static HttpReply get(Fixture gateway, String path) {
        return gateway.server.client().http(Wire.Version.HTTP_1_1, HttpRequest.get(path));
    }

    @Test
    void strangersGetTheShortForm() {
        try (Fixture gateway = new Fixture(Script.saying("a"))) {
            assertThat(get(gateway, "/health").body()).isEqualTo("{\"status\":\"ok\"}");
            gateway.engine.ready(false);
            assertThat(get(gateway, "/ready").body()).isEqualTo("{\"status\":\"not_ready\"}");
        }
    }

    @Test
    void thoseWhoMaySeeGetTheModelsToo() {
        try (Fixture gateway = gateway()) {
            gateway.engine.ready(false);

            String shortForm = "{\"status\":\"not_ready\"}";
            assertThat(get(gateway, "/ready").body()).isEqualTo(shortForm);
            assertThat(get(gateway, "/ready", stranger).body()).isEqualTo(shortForm);
            assertThat(get(gateway, "/ready", Secret.of("unknown")).body()).isEqualTo(shortForm);
            assertThat(get(gateway, "/ready", operator).body())
                    .startsWith("{\"status\":\"not_ready\",\"version\":\"")
                    .contains("\"draining\":false,\"uptime_seconds\":")
                    .endsWith(
                            "\"parts\":[{\"kind\":\"model\",\"name\":\"tiny\",\"by\":\"scripted\",\"ready\":false}]}");
        }
    }

    @Test
    void metricsAreForThoseWhoMaySeeThem() {
        try (Fixture gateway = gateway()) {
            assertThat(get(gateway, "/metrics").status()).isEqualTo(401);
            assertThat(get(gateway, "/metrics", stranger).status()).isEqualTo(403);
            assertThat(get(gateway, "/metrics", operator).body()).contains("tandem_ready 1");
        }
    }

    @Test
    void eachServiceHasAStatusOfItsOwnAndWatchersAreTold() {
        try (Fixture gateway = new Fixture(Script.saying("a"))) {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", gateway.server.server().port())
                            .usePlaintext()
                            .build();
            try {
                var health = HealthGrpc.newBlockingStub(channel);
                Iterator<HealthCheckResponse> watch =
                        health.watch(request("tandem.v1.ChatService"));
                assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);

                gateway.engine.ready(false);
                gateway.server.server().readinessChanged();

                assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
                assertThat(health.check(request("")).getStatus())
                        .isEqualTo(ServingStatus.NOT_SERVING);
                assertThat(health.check(request("tandem.v1.ModelService")).getStatus())
                        .isEqualTo(ServingStatus.SERVING);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static HealthCheckRequest request(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }
}
