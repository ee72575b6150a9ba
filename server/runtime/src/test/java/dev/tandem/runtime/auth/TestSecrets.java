package dev.tandem.runtime.auth;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys for tests. All of them begin as real ones do, and {@link WrittenSecretsIT} looks for such in
 * all that the tests of this module wrote.
 */
public final class TestSecrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestSecrets() {}

    /** A new key that nobody knows. */
    public static Secret key() {
        return ApiKey.create(RANDOM);
    }

    /** What a server keeps of a key. */
    public static KeyEntry entry(String name, Secret key, String... scopes) {
        return new KeyEntry(
                name, KeyHash.of(key), Set.of(scopes), Map.of(), Instant.EPOCH, null, null);
    }

    /** The same for a key that expires. */
    public static KeyEntry expiring(String name, Secret key, Instant when, String... scopes) {
        return new KeyEntry(
                name, KeyHash.of(key), Set.of(scopes), Map.of(), Instant.EPOCH, when, null);
    }

    /** The same with attributes. */
    public static KeyEntry entry(
            String name, Secret key, Map<String, List<String>> attributes, String... scopes) {
        return new KeyEntry(
                name, KeyHash.of(key), Set.of(scopes), attributes, Instant.EPOCH, null, null);
    }
}
