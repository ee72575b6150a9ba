package dev.tandem.runtime.auth;

import dev.tandem.transcoding.route.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows of one API key.
 *
 * @param name of whoever has it; 1 to 64 letters, digits, {@code . _ - @}
 * @param hash of the key
 * @param scopes what it allows
 * @param attributes further words: see {@link Caller#attributes}
 * @param created when it was made
 * @param expires from when on it is not good any more; null for never
 * @param revoked when it was taken back; null where it was not
 */
public record KeyEntry(
        String name,
        KeyHash hash,
        Set<String> scopes,
        Map<String, List<String>> attributes,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked) {

    /**
     * @throws IllegalArgumentException where name or scopes cannot stand in logs and tokens
     */
    public KeyEntry {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a key's name has 1 to 64 letters, digits and . _ - @, not '" + name + "'");
        }
        for (String scope : scopes) {
            if (!Scopes.isName(scope)) {
                throw new IllegalArgumentException(
                        "a scope has no blanks, quotes and backslashes: '" + scope + "'");
            }
        }
        scopes = Set.copyOf(scopes);
        attributes = Map.copyOf(attributes);
    }

    /** Can a key be called that? */
    public static boolean isName(String text) {
        return text.matches("[A-Za-z0-9._@-]{1,64}");
    }

    /** The same key, taken back. */
    public KeyEntry revokedAt(Instant moment) {
        return new KeyEntry(name, hash, scopes, attributes, created, expires, moment);
    }

    /** Is its time up? */
    public boolean expiredAt(Instant moment) {
        return expires != null && !moment.isBefore(expires);
    }

    /** Who shows it. */
    Caller caller() {
        return new Caller(name, Caller.Shown.KEY, scopes, attributes);
    }

    /** The scopes in order, for people. */
    public Set<String> sortedScopes() {
        return new TreeSet<>(scopes);
    }
}
