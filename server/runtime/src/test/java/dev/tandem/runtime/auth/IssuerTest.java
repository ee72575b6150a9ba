package dev.tandem.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.tandem.runtime.auth.Authenticator.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Issuers that change their keys, are slow, go away, or lie. */
class IssuerTest {
    private static final RSAKey OLD = TestIssuer.rsa("old");
    private static final RSAKey NEW = TestIssuer.rsa("new");
    private static final JwtSettings.Times TIMES =
            new JwtSettings.Times(
                    Duration.ofMillis(700),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofHours(24));

    private final AtomicReference<Instant> time =
            new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final InstantSource clock = time::get;
    private final TestIssuer issuer = new TestIssuer();
    private Tokens tokens;

    @BeforeEach
    void publish() {
        issuer.publish(OLD);
        tokens =
                new Tokens(
                        JwtSettings.of(issuer.name(), Set.of(TestIssuer.AUDIENCE)).with(TIMES),
                        clock);
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    @Test
    void keysAreFetchedOnceForManyTokens() {
        for (int i = 0; i < 20; i++) {
            assertThat(outcome(OLD)).isEqualTo("known");
        }
        assertThat(issuer.asked).hasValue(1);
    }

    @Test
    void manyAtOnceWaitForTheSameAnswer() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(() -> outcome(OLD)));
            }
            for (Future<String> each : all) {
                assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo("known");
            }
        }
        assertThat(issuer.asked).hasValue(1);
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesItButNotMoreOftenThanAllowed() {
        assertThat(outcome(OLD)).isEqualTo("known");
        issuer.publish(OLD, NEW);
        assertThat(outcome(NEW)).as("just fetched").isEqualTo("invalid_credentials");
        for (int i = 0; i < 100; i++) {
            assertThat(outcome(TestIssuerKeys.STRANGER)).isEqualTo("invalid_credentials");
        }
        assertThat(issuer.asked).hasValue(1);

        later(Duration.ofSeconds(30));

        assertThat(outcome(NEW)).isEqualTo("known");
        assertThat(issuer.asked).hasValue(2);
    }

    @Test
    void aKeyThatWasTakenBackIsForgotten() {
        assertThat(outcome(OLD)).isEqualTo("known");
        issuer.publish(NEW);
        later(Duration.ofMinutes(10));
        assertThat(outcome(OLD)).isEqualTo("invalid_credentials");
        assertThat(outcome(NEW)).isEqualTo("known");
    }

    @Test
    void oldKeysCountForAWhileWhenTheIssuerIsAway() {
        assertThat(outcome(OLD)).isEqualTo("known");
        issuer.answer = exchange -> TestIssuer.send(exchange, 503, "");
        later(Duration.ofHours(23));
        assertThat(outcome(OLD)).isEqualTo("known");
        later(Duration.ofHours(1));
        assertThat(outcome(OLD)).isEqualTo("issuer_unavailable");

        issuer.answer = issuer::honest;
        assertThat(outcome(OLD)).as("tried just now").isEqualTo("issuer_unavailable");
        later(Duration.ofSeconds(30));
        assertThat(outcome(OLD)).isEqualTo("known");
    }

    @Test
    void anIssuerThatDiesIsAway() {
        assertThat(outcome(OLD)).isEqualTo("known");
        String token = issuer.token(OLD, time.get().plus(Duration.ofMinutes(30)));
        issuer.close();
        later(Duration.ofMinutes(30));
        assertThat(outcome(token)).isEqualTo("known");
    }

    @Test
    void aSlowIssuerIsNotWaitedForLongerThanAllowed() {
        issuer.answer =
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await();
                };
        long begin = System.nanoTime();
        assertThat(outcome(OLD)).isEqualTo("issuer_unavailable");
        assertThat(outcome(OLD)).isEqualTo("issuer_unavailable");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(issuer.asked).as("not asked again before the pause").hasValue(1);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        issuer.answer =
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] much = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 1000; i++) {
                        exchange.getResponseBody().write(much);
                    }
                    exchange.close();
                };
        assertThat(outcome(OLD)).isEqualTo("issuer_unavailable");
    }

    @Test
    void redirectsAreNotFollowed() {
        try (TestIssuer evil = new TestIssuer()) {
            evil.publish(NEW);
            issuer.answer =
                    exchange -> {
                        exchange.getResponseHeaders().set("location", evil.name() + "/keys");
                        TestIssuer.send(exchange, 302, "");
                    };
            assertThat(outcome(NEW)).isEqualTo("issuer_unavailable");
            assertThat(evil.asked).hasValue(0);
        }
    }

    @Test
    void nonsenseIsNoKeys() {
        for (String nonsense :
                List.of("", "{}", "[]", "<html>", "{\"keys\": 1}", "{\"keys\": [{\"kty\": 1}]}")) {
            issuer.answer = exchange -> TestIssuer.send(exchange, 200, nonsense);
            assertThat(outcome(OLD)).as(nonsense).isIn("issuer_unavailable", "invalid_credentials");
            later(Duration.ofHours(1));
        }
        issuer.answer = issuer::honest;
        assertThat(outcome(OLD)).isEqualTo("known");
    }

    @Test
    void discoveryOfAnotherIssuerOrToAnUnsafeAddressIsRefused() {
        for (String document :
                List.of(
                        "{\"issuer\": \"https://evil.example\", \"jwks_uri\": \""
                                + issuer.name()
                                + "/keys\"}",
                        "{\"issuer\": \""
                                + issuer.name()
                                + "\", \"jwks_uri\": \"http://evil.example/keys\"}",
                        "{\"issuer\": \"" + issuer.name() + "\"}",
                        "{}",
                        "")) {
            issuer.discovered = document;
            assertThat(outcome(OLD)).as(document).isEqualTo("issuer_unavailable");
            later(Duration.ofHours(1));
        }
        assertThat(issuer.asked).hasValue(0);
    }

    private void await() {
        try {
            issuer.goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void later(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
    }

    private String outcome(RSAKey key) {
        return outcome(issuer.token(key, time.get()));
    }

    private String outcome(String token) {
        return switch (tokens.examine(new Credentials(Credentials.Form.BEARER, Secret.of(token)))) {
            case Finding.Known _ -> "known";
            case Finding.Foreign _ -> "foreign";
            case Finding.Refused(var error) -> error.reason();
        };
    }

    /** A key that nobody publishes. */
    private static final class TestIssuerKeys {
        static final RSAKey STRANGER = TestIssuer.rsa("stranger");
    }
}
