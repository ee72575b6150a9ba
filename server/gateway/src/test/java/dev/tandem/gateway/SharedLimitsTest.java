package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.quota.LimitSet;
import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.redis.RedisSettings;
import dev.tandem.redis.RedisStore;
import dev.tandem.testing.Script;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Ports;
import dev.tandem.testtools.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways that count in one Redis. */
class SharedLimitsTest {
    private static final int LIMIT = 5;

    @TempDir Path folder;

    private Running redis(int port) {
        Running redis =
                Command.of(
                                "redis-server",
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                "",
                                "--dir",
                                folder.toString(),
                                "--port",
                                String.valueOf(port))
                        .start();
        Ports.await(port, redis);
        return redis;
    }

    private static RedisStore store(int port) {
        return new RedisStore(
                RedisSettings.of("redis://127.0.0.1:" + port).withPatience(Duration.ofSeconds(10)));
    }

    @Test
    void twoServersAllowTogetherWhatOneAllows() {
        int port = Ports.free();
        QuotaSettings quotas =
                new QuotaSettings(
                        new LimitSet(LIMIT, 0, 0, 0),
                        Map.of(),
                        LimitSet.NONE,
                        Map.of(),
                        LimitSet.NONE,
                        QuotaSettings.USUAL_RESERVE);
        GatewaySettings settings =
                GatewaySettings.ofLoopback()
                        .with(new GatewayTraffic(quotas, GatewayTraffic.usual().capacity()));
        try (Running _ = redis(port);
                RedisStore one = store(port);
                RedisStore two = store(port);
                Fixture left = new Fixture(Script.saying("a"), settings, one);
                Fixture right = new Fixture(Script.saying("a"), settings, two)) {
            int passed = 0;
            for (int i = 0; i < 2 * LIMIT; i++) {
                passed += (i % 2 == 0 ? left : right).call(Way.REST).ok() ? 1 : 0;
            }
            assertThat(passed).isEqualTo(LIMIT);
            assertThat(left.call(Way.GRPC_STREAM).error().reason())
                    .isEqualTo("rate_limit_exceeded");
        }
    }
}
