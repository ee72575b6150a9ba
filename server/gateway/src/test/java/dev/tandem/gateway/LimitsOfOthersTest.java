package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.quota.LimitSet;
import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testing.Caller;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one caller takes neither stops another nor is told to it. */
class LimitsOfOthersTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> HEADERS =
            List.of(
                    "x-ratelimit-limit-requests",
                    "x-ratelimit-remaining-requests",
                    "x-ratelimit-limit-tokens",
                    "x-ratelimit-remaining-tokens");

    private final Secret greedy = ApiKey.create(RANDOM);
    private final Secret modest = ApiKey.create(RANDOM);

    @ParameterizedTest
    @EnumSource(Way.class)
    void whoTakesAllItMayTakesNothingOfOthers(Way way) {
        LimitSet each = new LimitSet(5, 100_000, 0, 0);
        QuotaSettings quotas =
                new QuotaSettings(each, Map.of(), LimitSet.NONE, Map.of(), LimitSet.NONE, 40);
        GatewaySettings settings =
                GatewaySettings.ofLoopback()
                        .with(
                                new AuthSettings(
                                        false,
                                        List.of(key("greedy", greedy), key("modest", modest)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        CorsSettings.NONE))
                        .with(new GatewayTraffic(quotas, GatewayTraffic.usual().capacity()));
        List<Optional<String>> alone;
        try (Fixture gateway = new Fixture(Script.saying("a"), settings)) {
            alone = told(call(gateway, way, modest));
        }
        try (Fixture gateway = new Fixture(Script.saying("a"), settings)) {
            for (int i = 0; i < 5; i++) {
                assertThat(call(gateway, way, greedy).ok()).isTrue();
            }
            assertThat(call(gateway, way, greedy).ok()).isFalse();

            Reply<? extends Message> other = call(gateway, way, modest);

            assertThat(other.ok()).isTrue();
            assertThat(told(other)).isEqualTo(alone);
            assertThat(other.toString()).doesNotContain("greedy");
        }
        assertThat(alone.getFirst()).contains("5");
    }

    private static List<Optional<String>> told(Reply<? extends Message> reply) {
        return HEADERS.stream().map(reply::header).toList();
    }

    private static Reply<? extends Message> call(Fixture gateway, Way way, Secret key) {
        try (OpenCall<? extends Message> call =
                gateway.open(
                        way,
                        Fixture.request().build(),
                        Caller.PLAIN.header("x-api-key", key.reveal()))) {
            return call.rest();
        }
    }

    private static KeyEntry key(String name, Secret key) {
        return new KeyEntry(
                name, KeyHash.of(key), Set.of("inference"), Map.of(), Instant.EPOCH, null, null);
    }
}
