package dev.tandem.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.tandem.runtime.auth.Authenticator.Finding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens count, and what happens to those that are made to deceive. */
class TokensTest {
    private static final RSAKey KEY = TestIssuer.rsa("k1");
    private static final RSAKey OTHER = TestIssuer.rsa("k2");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final TestIssuer issuer = new TestIssuer();
    private Tokens tokens;

    @BeforeEach
    void publish() {
        issuer.publish(KEY);
        tokens = tokens(settings());
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    @Test
    void anHonestTokenNamesItsCaller() {
        Caller caller =
                caller(
                        token(claims ->
                                claims.claim("scp", List.of("admin", "*"))
                                        .claim("tandem_models", List.of("a", "b*"))
                                        .claim("tandem_limits", "gold")));
        assertThat(caller.name()).isEqualTo("ada");
        assertThat(caller.shown()).isEqualTo(Caller.Shown.TOKEN);
        assertThat(caller.scopes())
                .as("all scopes at once are not an issuer's to give")
                .containsExactlyInAnyOrder("notes.read", "notes.write", "admin");
        assertThat(caller.limits()).contains("gold");
        assertThat(caller.attribute("models")).contains(List.of("a", "b*"));
    }

    @Test
    void severalAudiencesAndAnotherClaimForTheName() {
        try (Tokens named = tokens(settings().namedBy("client_id", Duration.ZERO))) {
            String token =
                    token(claims ->
                            claims.audience(List.of("x", TestIssuer.AUDIENCE))
                                    .claim("client_id", "robot"));
            assertThat(named.examine(bearer(token)))
                    .isInstanceOfSatisfying(
                            Finding.Known.class,
                            known -> assertThat(known.caller().name()).isEqualTo("robot"));
        }
    }

    @Test
    void timesCountWithTheSkewOfAMinute() {
        assertThat(outcome(expiring(-59))).isEqualTo("known");
        assertThat(outcome(expiring(-60))).isEqualTo("expired_credentials");
        assertThat(outcome(token(claims -> claims.notBeforeTime(at(60))))).isEqualTo("known");
        assertThat(outcome(token(claims -> claims.notBeforeTime(at(61)))))
                .isEqualTo("invalid_credentials");
        assertThat(outcome(token(claims -> claims.issueTime(at(61)))))
                .isEqualTo("invalid_credentials");
    }

    @Test
    void whatIsSaidMustBeForThisServer() {
        for (Consumer<JWTClaimsSet.Builder> lie :
                List.<Consumer<JWTClaimsSet.Builder>>of(
                        claims -> claims.audience("other"),
                        claims -> claims.audience((String) null),
                        claims -> claims.expirationTime(null),
                        claims -> claims.subject(null),
                        claims -> claims.subject(" "))) {
            assertThat(outcome(token(lie))).isEqualTo("invalid_credentials");
        }
        assertThat(outcome(token(claims -> claims.issuer("https://evil.example"))))
                .isEqualTo("foreign");
        assertThat(outcome(token(claims -> claims.issuer(issuer.name() + "/"))))
                .isEqualTo("foreign");
    }

    @Test
    void nobodyButTheIssuerSigns() {
        JWTClaimsSet claims = issuer.claims(now).build();
        String honest = token(each -> {});
        String[] parts = honest.split("[.]", -1);
        String otherBody = base64(issuer.claims(now).subject("root").build().toString());
        assertThat(outcome(parts[0] + "." + otherBody + "." + parts[2]))
                .isEqualTo("invalid_credentials");
        assertThat(outcome(parts[0] + "." + parts[1] + ".")).isEqualTo("invalid_credentials");
        assertThat(outcome(TestIssuer.signed(OTHER, header().keyID("k1").build(), claims)))
                .isEqualTo("invalid_credentials");
        assertThat(outcome(TestIssuer.signed(OTHER, header().build(), claims)))
                .isEqualTo("invalid_credentials");
    }

    @Test
    void noneIsNoAlgorithm() {
        JWTClaimsSet claims = issuer.claims(now).build();
        assertThat(outcome(new PlainJWT(claims).serialize())).isEqualTo("invalid_credentials");
        for (String none : new String[] {"none", "None", "NONE", "nOnE", ""}) {
            String token =
                    base64("{\"alg\":\"" + none + "\",\"kid\":\"k1\"}")
                            + "."
                            + base64(claims.toString())
                            + ".";
            assertThat(outcome(token)).as(none).isEqualTo("invalid_credentials");
            assertThat(outcome(token + "AAAA")).as(none).isEqualTo("invalid_credentials");
        }
    }

    @Test
    void thePublicKeyIsNoSharedSecret() throws JOSEException {
        for (byte[] secret :
                List.of(
                        KEY.toRSAPublicKey().getEncoded(),
                        KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(),
                            issuer.claims(now).build());
            token.sign(new MACSigner(secret));
            assertThat(outcome(token.serialize())).isEqualTo("invalid_credentials");
        }
    }

    @Test
    void aSecretThatEverybodyCanFetchIsNone() throws JOSEException {
        OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).keyID("s").generate();
        issuer.answer =
                exchange -> TestIssuer.send(exchange, 200, new JWKSet(secret).toString(false));
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("s").build(),
                        issuer.claims(now).build());
        token.sign(new MACSigner(secret));
        assertThat(outcome(token.serialize())).isEqualTo("invalid_credentials");
        assertThatThrownBy(() -> settings().signedBy(Set.of("HS256")))
                .hasMessageContaining("in a file");
        assertThatThrownBy(() -> settings().signedBy(Set.of("none")))
                .hasMessageContaining("no algorithm");
    }

    @Test
    void onlyTheAlgorithmsThatWereSet() throws JOSEException {
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        issuer.publish(KEY, ec);
        SignedJWT es256 =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("e").build(),
                        issuer.claims(now).build());
        es256.sign(new ECDSASigner(ec));
        assertThat(outcome(es256.serialize())).isEqualTo("known");
        assertThat(
                        outcome(
                                TestIssuer.signed(
                                        KEY,
                                        new JWSHeader.Builder(JWSAlgorithm.PS256)
                                                .keyID("k1")
                                                .build(),
                                        issuer.claims(now).build())))
                .isEqualTo("invalid_credentials");
        try (Tokens rsaOnly = tokens(settings().signedBy(Set.of("RS256")))) {
            assertThat(outcome(rsaOnly, es256.serialize())).isEqualTo("invalid_credentials");
        }
    }

    @Test
    void keysOfAnotherUseOrTooWeakDoNotCount() throws JOSEException {
        RSAKey forEncryption = new RSAKey.Builder(KEY).keyUse(KeyUse.ENCRYPTION).build();
        issuer.publish(forEncryption);
        assertThat(outcome(token(claims -> {}))).isEqualTo("invalid_credentials");
    }

    @Test
    void idsOfKeysAreNames() {
        for (String id :
                new String[] {
                    "../../etc/passwd", "k1' OR '1'='1", "http://127.0.0.1/keys", "K1", " k1", ""
                }) {
            String token =
                    TestIssuer.signed(
                            OTHER, header().keyID(id).build(), issuer.claims(now).build());
            assertThat(outcome(token)).as(id).isEqualTo("invalid_credentials");
        }
    }

    @Test
    void keysThatATokenBringsAlongAreNotLookedAt() throws Exception {
        try (TestIssuer evil = new TestIssuer()) {
            evil.publish(OTHER);
            URI theirs = URI.create(evil.name() + "/keys");
            JWTClaimsSet claims = issuer.claims(now).build();
            for (JWSHeader header :
                    List.of(
                            header().keyID("k2").jwkURL(theirs).build(),
                            header().keyID("k2").x509CertURL(theirs).build(),
                            header().keyID("k2").jwk(OTHER.toPublicJWK()).build())) {
                assertThat(outcome(TestIssuer.signed(OTHER, header, claims)))
                        .isEqualTo("invalid_credentials");
            }
            assertThat(evil.asked).hasValue(0);
        }
    }

    @Test
    void whatMustBeUnderstoodAndIsNotIsRefused() {
        JWSHeader header =
                header().keyID("k1").criticalParams(Set.of("exp")).customParam("exp", 1).build();
        assertThat(outcome(TestIssuer.signed(KEY, header, issuer.claims(now).build())))
                .isEqualTo("invalid_credentials");
    }

    @Test
    void whatIsNoTokenIsForeign() {
        for (String text :
                new String[] {"abc", "a.b", "a.b.c.d", "a.b.c.d.e", "tdm_x", "a..b", ".a.b"}) {
            assertThat(outcome(text)).as(text).isEqualTo("foreign");
        }
        assertThat(outcome("a.b.c")).isEqualTo("invalid_credentials");
        assertThat(outcome(base64("{") + "." + base64("{}") + ".AA"))
                .isEqualTo("invalid_credentials");
        assertThat(outcome(base64("[[[[".repeat(1000)) + "." + base64("{}") + ".AA"))
                .isEqualTo("invalid_credentials");
        assertThat(
                        tokens.examine(
                                new Credentials(
                                        Credentials.Form.BASIC, Secret.of(token(claims -> {})))))
                .isInstanceOf(Finding.Foreign.class);
        assertThat(issuer.asked).hasValue(0);
    }

    @Test
    void keysInAFileAndSharedSecretsThere(@TempDir Path folder) throws Exception {
        OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).keyID("s").generate();
        Path file =
                Files.writeString(folder.resolve("jwks.json"), new JWKSet(secret).toString(false));
        JwtSettings fromFile =
                JwtSettings.of("inside", Set.of(TestIssuer.AUDIENCE), null, file)
                        .signedBy(Set.of("HS256"));
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID("s")
                                .type(JOSEObjectType.JWT)
                                .build(),
                        issuer.claims(now).issuer("inside").build());
        token.sign(new MACSigner(secret));
        try (Tokens inside = tokens(fromFile)) {
            assertThat(outcome(inside, token.serialize())).isEqualTo("known");
        }
        Files.writeString(file, "nonsense");
        assertThatThrownBy(() -> tokens(fromFile)).hasMessageContaining("no JWK Set");
    }

    @Test
    void keysComeByHttpsOrFromThisMachine() {
        for (String address :
                new String[] {
                    "http://issuer.example",
                    "ftp://127.0.0.1",
                    "http://127.0.0.1.evil.example",
                    "file:///etc/passwd",
                    "issuer"
                }) {
            assertThatThrownBy(() -> JwtSettings.of(address, Set.of("a")))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(JwtSettings.of("https://issuer.example/realms/x", Set.of("a")).audiences())
                .containsExactly("a");
        assertThatThrownBy(() -> JwtSettings.of("https://issuer.example", Set.of()))
                .hasMessageContaining("audience");
    }

    private JwtSettings settings() {
        return JwtSettings.of(issuer.name(), Set.of(TestIssuer.AUDIENCE));
    }

    private Tokens tokens(JwtSettings settings) {
        return new Tokens(settings, InstantSource.fixed(now));
    }

    private String token(Consumer<JWTClaimsSet.Builder> change) {
        return issuer.token(KEY, now, change);
    }

    private String expiring(int seconds) {
        return token(
                claims -> claims.issueTime(Date.from(now.minus(HOUR))).expirationTime(at(seconds)));
    }

    private Date at(int seconds) {
        return Date.from(now.plusSeconds(seconds));
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Credentials bearer(String token) {
        return new Credentials(Credentials.Form.BEARER, Secret.of(token));
    }

    private Caller caller(String token) {
        return ((Finding.Known) tokens.examine(bearer(token))).caller();
    }

    private String outcome(String token) {
        return outcome(tokens, token);
    }

    private static String outcome(Tokens tokens, String token) {
        return switch (tokens.examine(bearer(token))) {
            case Finding.Known _ -> "known";
            case Finding.Foreign _ -> "foreign";
            case Finding.Refused(var error) -> error.reason();
        };
    }
}
