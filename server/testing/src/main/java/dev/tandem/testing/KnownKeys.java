package dev.tandem.testing;

import dev.tandem.runtime.auth.Authenticator;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.auth.Credentials;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * API keys that a test makes up: {@code builder.authenticators(List.of(KnownKeys.none().with("k1",
 * "ada", "people.read")))}. Immutable.
 */
public final class KnownKeys implements Authenticator {
    private final Map<String, Caller> callers;

    private KnownKeys(Map<String, Caller> callers) {
        this.callers = Map.copyOf(callers);
    }

    /** No key is known. */
    public static KnownKeys none() {
        return new KnownKeys(Map.of());
    }

    /**
     * One more key.
     *
     * @param key as {@code Authorization: Bearer} or {@code x-api-key} shows it
     * @param name of the caller
     * @param scopes what the caller may do; {@code *} is everything
     */
    public KnownKeys with(String key, String name, String... scopes) {
        Map<String, Caller> more = new HashMap<>(callers);
        more.put(key, new Caller(name, Caller.Shown.KEY, Set.of(scopes), Map.of()));
        return new KnownKeys(more);
    }

    @Override
    public Finding examine(Credentials shown) {
        Caller caller = callers.get(shown.secret().reveal());
        return caller == null ? new Finding.Foreign() : new Finding.Known(caller);
    }

    @Override
    public Set<Credentials.Form> forms() {
        return Set.of(Credentials.Form.BEARER, Credentials.Form.API_KEY);
    }
}
