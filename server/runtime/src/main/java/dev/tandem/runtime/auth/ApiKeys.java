package dev.tandem.runtime.auth;

import dev.tandem.runtime.call.ApiError;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows API keys by their hashes, shown in any form. Whoever has a whole key may hear that it
 * expired; that one was revoked, or never was, sounds alike.
 */
public final class ApiKeys implements Authenticator {
    private record Known(KeyEntry entry, Caller caller) {}

    private final InstantSource clock;
    private final @Nullable LiveFile<Map<KeyHash, Known>> file;
    private volatile Map<KeyHash, Known> given;

    private ApiKeys(
            Map<KeyHash, Known> given,
            InstantSource clock,
            @Nullable LiveFile<Map<KeyHash, Known>> file) {
        this.given = given;
        this.clock = clock;
        this.file = file;
    }

    /** Keys that stay the same until others {@link #replace} them. */
    public static ApiKeys of(Collection<KeyEntry> entries, InstantSource clock) {
        return new ApiKeys(byHash(entries), clock, null);
    }

    /**
     * The same, and those of a file, which is read again when it changes; see {@link KeyFile}.
     *
     * @throws IllegalArgumentException where the file cannot be read now; later the old keys stay
     *     in force
     */
    public static ApiKeys of(Collection<KeyEntry> entries, Path file, InstantSource clock) {
        Map<KeyHash, Known> given = byHash(entries);
        return new ApiKeys(
                given,
                clock,
                LiveFile.open(file, "API keys", bytes -> byHash(KeyFile.parse(bytes))));
    }

    /**
     * Others in place of those that were given; what a file has stays.
     *
     * @throws IllegalArgumentException where a key is there twice
     */
    public void replace(Collection<KeyEntry> entries) {
        given = byHash(entries);
    }

    private Map<KeyHash, Known> filed() {
        return file == null ? Map.of() : file.now();
    }

    private @Nullable Known known(KeyHash hash) {
        Known found = given.get(hash);
        return found == null ? filed().get(hash) : found;
    }

    private static Map<KeyHash, Known> byHash(Collection<KeyEntry> entries) {
        Map<KeyHash, Known> known = HashMap.newHashMap(entries.size());
        for (KeyEntry entry : entries) {
            if (known.put(entry.hash(), new Known(entry, entry.caller())) != null) {
                throw new IllegalArgumentException(
                        "the key of " + entry.name() + " is there twice; remove one");
            }
        }
        return Map.copyOf(known);
    }

    @Override
    public Finding examine(Credentials shown) {
        // How long a look-up takes depends on the hash alone; who does not know a key cannot choose
        // its hash, and so learns nothing of others' keys by measuring.
        Known found = known(shown.secret().sha256());
        if (found == null) {
            return unknown(shown);
        }
        if (found.entry().revoked() != null) {
            return refused();
        }
        if (found.entry().expiredAt(clock.instant())) {
            return new Finding.Refused(
                    ApiError.of(
                            AuthReasons.EXPIRED_CREDENTIALS,
                            "The API key has expired; ask for a new one."));
        }
        return new Finding.Known(found.caller());
    }

    private static Finding unknown(Credentials shown) {
        if (!ApiKey.looksLike(shown.secret().reveal())) {
            return new Finding.Foreign();
        }
        return ApiKey.wellFormed(shown.secret())
                ? refused()
                : new Finding.Refused(
                        ApiError.of(
                                AuthReasons.INVALID_CREDENTIALS,
                                "The API key is mistyped or cut off: its checksum does not fit."));
    }

    private static Finding refused() {
        return new Finding.Refused(
                ApiError.of(
                        AuthReasons.INVALID_CREDENTIALS,
                        "The API key is not one that this server knows."));
    }

    /** The keys as they are now. */
    public List<KeyEntry> entries() {
        return Stream.concat(given.values().stream(), filed().values().stream())
                .map(Known::entry)
                .toList();
    }

    @Override
    public Set<Credentials.Form> forms() {
        return EnumSet.allOf(Credentials.Form.class);
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
