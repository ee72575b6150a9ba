package dev.tandem.runtime.auth;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens (JWT, RFC 7519) a server takes.
 *
 * @param issuer as it stands in tokens, to the letter
 * @param audiences names of this server, of which a token has one
 * @param keys where the issuer's keys are (a JWK Set): an https address, or http on the loopback;
 *     null to ask the issuer ({@code /.well-known/openid-configuration})
 * @param file the keys in a file instead, read again when it changes; null for none
 * @param algorithms by which tokens may be signed. Those with a shared secret ({@code HS256}) only
 *     with a file
 * @param skew by how much clocks may differ
 * @param nameClaim the claim that names the caller
 * @param attributeClaims attribute of the caller → claim, a text or a list of texts
 * @param times of fetching keys
 */
public record JwtSettings(
        String issuer,
        Set<String> audiences,
        @Nullable URI keys,
        @Nullable Path file,
        Set<String> algorithms,
        Duration skew,
        String nameClaim,
        Map<String, String> attributeClaims,
        Times times) {
    /** What issuers sign with, without a shared secret. */
    public static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final Set<String> SYMMETRIC = Set.of("HS256", "HS384", "HS512");

    /**
     * How keys are fetched.
     *
     * @param answer how long one answer may take
     * @param fresh for how long fetched keys are used without a question
     * @param pause between two fetches, at least, whatever tokens ask for
     * @param stale for how long old keys are used while the issuer does not answer
     */
    public record Times(Duration answer, Duration fresh, Duration pause, Duration stale) {
        /** 5 s, 10 min, 30 s, 24 h. */
        public static Times defaults() {
            return new Times(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofHours(24));
        }
    }

    /**
     * @throws IllegalArgumentException where this takes tokens that it must not, or none at all
     */
    public JwtSettings {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        attributeClaims = Map.copyOf(attributeClaims);
        if (issuer.isBlank() || audiences.isEmpty() || algorithms.isEmpty()) {
            throw new IllegalArgumentException(
                    "tokens need an issuer, at least one audience and at least one algorithm");
        }
        if (keys != null && file != null) {
            throw new IllegalArgumentException(
                    "the issuer's keys are at an address or in a file, not both");
        }
        for (String algorithm : algorithms) {
            check(algorithm, file != null);
        }
        if (file == null) {
            IssuerClient.checked(keys == null ? address(issuer) : keys);
        }
    }

    private static void check(String algorithm, boolean fromFile) {
        boolean shared = SYMMETRIC.contains(algorithm);
        if (!shared && !ASYMMETRIC.contains(algorithm)) {
            throw new IllegalArgumentException(
                    "'" + algorithm + "' is no algorithm for tokens; use some of " + known());
        }
        if (shared && !fromFile) {
            throw new IllegalArgumentException(
                    algorithm + " needs its secret, as a JWK Set in a file");
        }
    }

    /** Keys by discovery, RS256 and ES256, a minute of skew, named by {@code sub}. */
    public static JwtSettings of(String issuer, Set<String> audiences) {
        return of(issuer, audiences, null, null);
    }

    /** As {@link #of(String, Set)}, with keys from somewhere else. */
    public static JwtSettings of(
            String issuer, Set<String> audiences, @Nullable URI keys, @Nullable Path file) {
        return new JwtSettings(
                issuer,
                audiences,
                keys,
                file,
                Set.of("RS256", "ES256"),
                Duration.ofMinutes(1),
                "sub",
                Map.of("models", "tandem_models", Caller.LIMITS, "tandem_limits"),
                Times.defaults());
    }

    /** The same with other times. */
    public JwtSettings with(Times other) {
        return new JwtSettings(
                issuer, audiences, keys, file, algorithms, skew, nameClaim, attributeClaims, other);
    }

    /** The same for tokens that are signed by these. */
    public JwtSettings signedBy(Set<String> others) {
        return new JwtSettings(
                issuer, audiences, keys, file, others, skew, nameClaim, attributeClaims, times);
    }

    /** The same with the caller's name in another claim. */
    public JwtSettings namedBy(String claim, Duration otherSkew) {
        return new JwtSettings(
                issuer,
                audiences,
                keys,
                file,
                algorithms,
                otherSkew,
                claim,
                attributeClaims,
                times);
    }

    private static URI address(String issuer) {
        try {
            return URI.create(issuer);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the issuer is no address: " + issuer, e);
        }
    }

    private static String known() {
        return String.join(", ", new TreeSet<>(ASYMMETRIC));
    }
}
