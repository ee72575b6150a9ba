package dev.tandem.runtime.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.SecretJWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tandem.runtime.call.ApiError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows the tokens of one issuer (JWT bearer tokens). Only keys of the issuer's count, and only
 * algorithms that were set; a token's own {@code jwk}, {@code jku}, {@code x5c} and {@code x5u} are
 * not looked at, and one with {@code crit} is refused.
 */
public final class Tokens implements Authenticator {
    private static final Logger LOG = System.getLogger(Tokens.class.getName());
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Three parts (RFC 7515, section 7.1); the last may be missing where nothing is signed. */
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private final JwtSettings settings;
    private final IssuerKeys keys;
    private final InstantSource clock;

    /**
     * Nothing is fetched before the first token comes.
     *
     * @throws IllegalArgumentException where a file of keys cannot be read
     */
    public Tokens(JwtSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        keys =
                settings.file() == null
                        ? new FetchedKeys(settings, clock)
                        : new FileKeys(settings.file());
    }

    @Override
    public Finding examine(Credentials shown) {
        String text = shown.secret().reveal();
        if (shown.form() == Credentials.Form.BASIC || !FORM.matcher(text).matches()) {
            return new Finding.Foreign();
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (!settings.issuer().equals(claims.getIssuer())) {
                return new Finding.Foreign(); // of another issuer, which may be known too
            }
            if (!signed(token)) {
                return refused("The token is not signed by a key of its issuer.");
            }
            TokenClaims said = new TokenClaims(settings, claims);
            ApiError problem = said.problem(clock.instant());
            return problem == null
                    ? new Finding.Known(said.caller())
                    : new Finding.Refused(problem);
        } catch (ParseException e) {
            return refused("The token cannot be read, or is not signed.");
        } catch (IssuerException e) {
            LOG.log(Level.DEBUG, "a token cannot be checked: " + e.getMessage());
            return new Finding.Refused(
                    ApiError.of(
                                    AuthReasons.ISSUER_UNAVAILABLE,
                                    "The token cannot be checked now: its issuer does not give its"
                                            + " keys.")
                            .retryAfter(AGAIN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("The token could not be checked in time.");
        }
    }

    private boolean signed(SignedJWT token) throws IssuerException, InterruptedException {
        JWSHeader header = token.getHeader();
        if (!settings.algorithms().contains(header.getAlgorithm().getName())
                || header.getCriticalParams() != null) {
            return false;
        }
        for (JWK key : keys.matching(header)) {
            try {
                JWSVerifier verifier = verifier(header, key);
                if (verifier != null && token.verify(verifier)) {
                    return true;
                }
            } catch (JOSEException e) {
                LOG.log(Level.DEBUG, "a key of the issuer cannot be used: " + e.getMessage());
            }
        }
        return false;
    }

    private static @Nullable JWSVerifier verifier(JWSHeader header, JWK key) throws JOSEException {
        Key used =
                switch (key) {
                    case AsymmetricJWK pair -> pair.toPublicKey();
                    case SecretJWK secret -> secret.toSecretKey();
                    default -> null;
                };
        return used == null
                ? null
                : new DefaultJWSVerifierFactory().createJWSVerifier(header, used);
    }

    private static Finding refused(String message) {
        return new Finding.Refused(ApiError.of(AuthReasons.INVALID_CREDENTIALS, message));
    }

    @Override
    public Set<Credentials.Form> forms() {
        return EnumSet.of(Credentials.Form.BEARER, Credentials.Form.API_KEY);
    }

    @Override
    public void close() {
        keys.close();
    }
}
