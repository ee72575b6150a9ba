package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.runtime.auth.JwtSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens (JWT) are taken.
 *
 * @param settings empty where none are
 */
public record JwtSection(Optional<JwtSettings> settings) {
    static final Key<String> ISSUER =
            Key.of(
                            "issuer",
                            Types.text("an https address, to the letter as in tokens"),
                            "Take the tokens of this issuer. [How to](security.md#tokens).")
                    .example("https://id.example.com/realms/a");

    private static final Key<List<String>> AUDIENCE =
            Key.of(
                            "audience",
                            Types.list(Types.text("a name")),
                            "What tokens must name as audience, one of these. Goes with `jwt.issuer`.")
                    .fallback(List.of())
                    .example("[tandem]");

    private static final Key<String> JWKS_URL =
            Key.of(
                            "jwks_url",
                            Types.text("an https address"),
                            "Where the issuer's keys are. Without it, `/.well-known/openid-configuration`"
                                    + " tells.")
                    .otherwise("asked of the issuer")
                    .example("https://id.example.com/keys");

    private static final Key<Path> JWKS_FILE =
            Key.of(
                            "jwks_file",
                            Types.path("a file with a JWK Set"),
                            "The issuer's keys in a file instead. Read again when it changes.")
                    .example("/etc/tandem/issuer.json");

    private static final Key<List<String>> ALGORITHMS =
            Key.of(
                            "algorithms",
                            Types.list(
                                    Types.text(
                                            "RS256 to RS512, PS256 to PS512 or ES256 to ES512; with"
                                                    + " `jwt.jwks_file` also HS256 to HS512",
                                            "[RPEH]S(256|384|512)")),
                            "How tokens may be signed.")
                    .fallback(List.of("RS256", "ES256"));

    private static final Key<Duration> SKEW =
            Key.of("skew", Types.seconds(0, 600), "By how much the issuer's clock may differ.")
                    .fallback(Duration.ofSeconds(60));

    private static final Key<String> NAME_CLAIM =
            Key.of(
                            "name_claim",
                            Types.text("the name of a claim"),
                            "Which claim of a token names the caller.")
                    .fallback("sub");

    /** Its place in the file. */
    public static final Section<JwtSection> SECTION =
            Section.of(
                    "jwt",
                    "Tokens of an issuer (OAuth 2, OpenID Connect) that callers may show instead of a key."
                            + " [More](security.md#tokens).",
                    JwtSection::read,
                    ISSUER,
                    AUDIENCE,
                    JWKS_URL,
                    JWKS_FILE,
                    ALGORITHMS,
                    SKEW,
                    NAME_CLAIM);

    private static JwtSection read(Values in) {
        Optional<String> issuer = in.find(ISSUER);
        if (issuer.isEmpty()) {
            for (Key<?> key : List.of(AUDIENCE, JWKS_URL, JWKS_FILE)) {
                if (in.told(key) && !in.told(ISSUER)) {
                    in.problem(key, "set %s too.".formatted(in.called(ISSUER)));
                }
            }
            return new JwtSection(Optional.empty());
        }
        try {
            return new JwtSection(Optional.of(settings(in, issuer.get())));
        } catch (IllegalArgumentException e) {
            in.problem(ISSUER, e.getMessage() + ".");
            return new JwtSection(Optional.empty());
        }
    }

    private static JwtSettings settings(Values in, String issuer) {
        return JwtSettings.of(
                        issuer,
                        Set.copyOf(in.get(AUDIENCE)),
                        in.find(JWKS_URL).map(URI::create).orElse(null),
                        in.find(JWKS_FILE).orElse(null))
                .namedBy(in.get(NAME_CLAIM), in.get(SKEW))
                .signedBy(Set.copyOf(in.get(ALGORITHMS)));
    }
}
