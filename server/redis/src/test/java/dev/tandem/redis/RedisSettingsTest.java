package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Limit;
import dev.tandem.runtime.limits.Span;
import dev.tandem.runtime.limits.StoreAway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedisSettingsTest {
    private static final List<Charge> ONE =
            List.of(new Charge("server", "server", new Limit("tokens", Span.DAY, 9), 1));

    @TempDir private Path folder;

    @Test
    void readsEveryPartOfTheUrl() {
        RedisSettings settings = RedisSettings.of("rediss://ann:p%40ss@example.org:7000/3");
        assertThat(settings.tls()).isTrue();
        assertThat(settings.user()).contains("ann");
        assertThat(settings.password()).contains("p@ss");
        assertThat(settings.port()).isEqualTo(7000);
        assertThat(settings.database()).isEqualTo(3);
        RedisSettings plain = RedisSettings.of("redis://:secret@localhost");
        assertThat(plain.user()).isEmpty();
        assertThat(plain.password()).contains("secret");
        assertThat(plain.port()).isEqualTo(6379);
        assertThat(plain.database()).isZero();
    }

    @Test
    void tellsNobodyTheSecret() {
        assertThat(RedisSettings.of("redis://ann:secret@example.org/3"))
                .hasToString("redis://example.org:6379/3");
        for (String wrong :
                List.of(
                        "http://u:secret@h",
                        "redis://u:secret@/0",
                        "redis://u:secret@h/x",
                        "secret",
                        "redis://u:sec ret@h")) {
            assertThatThrownBy(() -> RedisSettings.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("redis://user:password@host:6379/0")
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }
    }

    @Test
    void signsInAsAUserOfRedisAndStaysAwayWithAWrongPassword() throws Exception {
        Path users = folder.resolve("users.acl");
        Files.writeString(
                users,
                "user default off\nuser tandem on >secret ~tandem:* +@hash +@sortedset +@scripting"
                        + " +@connection +del +pexpire +time\n");
        try (RedisServer redis = RedisServer.start(folder, "--aclfile", users.toString())) {
            String at = "@127.0.0.1:" + redis.port() + "/2";
            try (RedisStore store = store("redis://tandem:secret" + at);
                    RedisStore wrong = store("redis://tandem:wrong" + at)) {
                assertThat(store.reserve(ONE).hold()).isNotNull();
                assertThatThrownBy(() -> wrong.reserve(ONE))
                        .isInstanceOf(StoreAway.class)
                        .hasMessageContaining("WRONGPASS");
            }
        }
    }

    private static RedisStore store(String url) {
        return new RedisStore(RedisSettings.of(url).withPatience(Duration.ofSeconds(5)));
    }

    @Test
    void speaksTlsWithACertificateOfTheGivenAuthority() throws Exception {
        certificate();
        int port = RedisServer.freePort();
        try (RedisServer redis =
                RedisServer.start(
                        folder,
                        "--tls-port",
                        String.valueOf(port),
                        "--tls-cert-file",
                        folder.resolve("cert.pem").toString(),
                        "--tls-key-file",
                        folder.resolve("key.pem").toString(),
                        "--tls-auth-clients",
                        "no")) {
            RedisSettings settings =
                    RedisSettings.of("rediss://127.0.0.1:" + port)
                            .withPatience(Duration.ofSeconds(10));
            try (RedisStore store =
                            new RedisStore(settings.withAuthority(folder.resolve("cert.pem")));
                    RedisStore stranger = new RedisStore(settings)) {
                assertThat(redis.port()).isNotEqualTo(port);
                assertThat(store.reserve(ONE).hold()).isNotNull();
                assertThatThrownBy(() -> stranger.reserve(ONE)).isInstanceOf(StoreAway.class);
            }
        }
    }

    private void certificate() throws IOException, InterruptedException {
        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-days",
                                "2",
                                "-subj",
                                "/CN=redis",
                                "-addext",
                                "subjectAltName=IP:127.0.0.1",
                                "-keyout",
                                folder.resolve("key.pem").toString(),
                                "-out",
                                folder.resolve("cert.pem").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("openssl.log").toFile())
                        .start();
        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(openssl.exitValue())
                .as(Files.readString(folder.resolve("openssl.log")))
                .isZero();
    }
}
