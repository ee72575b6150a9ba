package dev.tandem.runtime;

import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Authenticator;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.auth.TestSecrets;
import dev.tandem.runtime.auth.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** All that a caller may show, as headers by names, and who knows what is good of it. */
final class ShownCredentials implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Map<String, String[]> headers = new TreeMap<>();
    private final TestTokens tokens = new TestTokens(NOW);
    private final Secret reader = TestSecrets.key();
    private final Secret writer = TestSecrets.key();
    private final Secret admin = TestSecrets.key();
    private final Secret visitor = TestSecrets.key();
    private final Secret expired = TestSecrets.key();
    private final Secret revoked = TestSecrets.key();

    ShownCredentials() {
        good();
        bad();
    }

    private void good() {
        put("visitor", bearer(visitor));
        put("reader", bearer(reader));
        put("reader-key", "x-api-key", reader.reveal());
        put("reader-azure", "api-key", reader.reveal());
        put("reader-basic", basic("me", reader));
        put(
                "reader-twice",
                "authorization",
                "bearer " + reader.reveal(),
                "api-key",
                reader.reveal());
        put("writer", bearer(writer));
        put("admin", bearer(admin));
        put("token", bearer(tokens.good("ada", "notes.read notes.write")));
        put("token-poor", bearer(tokens.good("bob", "inference")));
        put("token-key", "x-api-key", tokens.good("ada", "notes.read notes.write").reveal());
    }

    private void bad() {
        put("nothing");
        put("expired", bearer(expired));
        put("revoked", bearer(revoked));
        put("unknown", bearer(TestSecrets.key()));
        put("unknown-key", "x-api-key", TestSecrets.key().reveal());
        put("unknown-basic", basic("reader", TestSecrets.key()));
        put("foreign", "authorization", "Bearer sk-nobody");
        put("malformed", "authorization", "Digest x");
        put("malformed-key", "api-key", "two words");
        put("malformed-basic", "authorization", "Basic %%%");
        put("token-late", bearer(tokens.expired()));
        put("token-forged", bearer(tokens.forged()));
        put("two", "authorization", "Bearer " + reader.reveal(), "x-api-key", writer.reveal());
        put(
                "token-and-key",
                "authorization",
                "Bearer " + tokens.good("ada", "notes.read").reveal(),
                "api-key",
                reader.reveal());
    }

    private void put(String name, String... namesAndValues) {
        headers.put(name, namesAndValues);
    }

    /** Names and values. */
    String[] of(String shown) {
        return Objects.requireNonNull(headers.get(shown), shown).clone();
    }

    /** Who knows them. */
    List<Authenticator> authenticators() {
        ApiKeys keys =
                ApiKeys.of(
                        List.of(
                                TestSecrets.entry("reader", reader, "notes.read"),
                                TestSecrets.entry("writer", writer, "notes.read", "notes.write"),
                                TestSecrets.entry("admin", admin, "admin", "metrics.read"),
                                TestSecrets.entry("visitor", visitor),
                                TestSecrets.expiring("late", expired, NOW, "*"),
                                TestSecrets.entry("taken", revoked, "*").revokedAt(NOW)),
                        InstantSource.fixed(NOW));
        return List.of(keys, tokens.authenticator());
    }

    private static String[] bearer(Secret key) {
        return new String[] {"authorization", "Bearer " + key.reveal()};
    }

    private static String[] basic(String user, Secret key) {
        String pair = user + ":" + key.reveal();
        return new String[] {
            "authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
        };
    }

    @Override
    public void close() {
        tokens.close();
    }
}
