package dev.tandem.runtime.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An issuer on this machine that does what a test wants, also what it should not. */
final class TestIssuer implements AutoCloseable {
    static final String AUDIENCE = "tandem";

    /** How the keys are answered. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** How often the keys were asked for. */
    final AtomicInteger asked = new AtomicInteger();

    /** Lets answers go on that wait. */
    final CountDownLatch goOn = new CountDownLatch(1);

    volatile JWKSet keys = new JWKSet();
    volatile Answer answer = this::honest;
    volatile String discovered = "";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TestIssuer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        discovered = "{\"issuer\": \"" + name() + "\", \"jwks_uri\": \"" + name() + "/keys\"}";
        http.createContext(
                "/.well-known/openid-configuration", exchange -> send(exchange, 200, discovered));
        http.createContext(
                "/keys",
                exchange -> {
                    asked.incrementAndGet();
                    answer.to(exchange);
                });
        http.start();
    }

    String name() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    void honest(HttpExchange exchange) throws IOException {
        send(exchange, 200, keys.toPublicJWKSet().toString());
    }

    static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Publishes these keys and no others. */
    void publish(JWK... all) {
        keys = new JWKSet(List.of(all));
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an honest token says at this moment. */
    JWTClaimsSet.Builder claims(Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(name())
                .audience(AUDIENCE)
                .subject("ada")
                .claim("scope", "notes.read notes.write")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))));
    }

    String token(RSAKey key, Instant now) {
        return token(key, now, claims -> {});
    }

    String token(RSAKey key, Instant now, Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = claims(now);
        change.accept(claims);
        return signed(
                key,
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                claims.build());
    }

    static String signed(RSAKey key, JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        goOn.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
