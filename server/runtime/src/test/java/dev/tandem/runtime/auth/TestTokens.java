package dev.tandem.runtime.auth;

import com.nimbusds.jose.jwk.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/** Tokens of an issuer on this machine, for tests of other rooms. */
public final class TestTokens implements AutoCloseable {
    private final TestIssuer issuer = new TestIssuer();
    private final RSAKey key = TestIssuer.rsa("k");
    private final Instant now;

    /** For servers at this moment. */
    public TestTokens(Instant now) {
        this.now = now;
        issuer.publish(key);
    }

    /** Knows them; closed by the server. */
    public Authenticator authenticator() {
        return new Tokens(
                JwtSettings.of(issuer.name(), Set.of(TestIssuer.AUDIENCE)),
                InstantSource.fixed(now));
    }

    /** A good one. */
    public Secret good(String name, String scopes) {
        return Secret.of(
                issuer.token(key, now, claims -> claims.subject(name).claim("scope", scopes)));
    }

    /** One that was good an hour ago. */
    public Secret expired() {
        return Secret.of(
                issuer.token(
                        key,
                        now,
                        claims ->
                                claims.expirationTime(Date.from(now.minus(Duration.ofHours(1))))));
    }

    /** One that somebody else has signed. */
    public Secret forged() {
        return Secret.of(issuer.token(TestIssuer.rsa("k"), now));
    }

    @Override
    public void close() {
        issuer.close();
    }
}
