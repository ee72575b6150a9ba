package dev.tandem.runtime.auth;

import dev.tandem.runtime.call.Call;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls, and what it may do. Holds nothing of the credential.
 *
 * @param name of a key, or the name in a token: for logs, limits and people
 * @param shown by what it was recognised
 * @param scopes what it may do; {@code *} is everything
 * @param attributes further words about it, for whoever knows their names
 */
public record Caller(
        String name, Shown shown, Set<String> scopes, Map<String, List<String>> attributes) {
    /** By what callers are recognised. */
    public enum Shown {
        /** By nothing, where something is asked for: probes. */
        NOTHING,
        /** By nothing, where nothing is asked for. */
        ANONYMOUS,
        /** By an API key. */
        KEY,
        /** By a token of an issuer. */
        TOKEN
    }

    /** The scope that is all scopes. */
    public static final String EVERY_SCOPE = "*";

    /** The scope whose use is written down. */
    public static final String ADMIN = "admin";

    /** The scope of {@code /metrics}, and of what probes tell besides yes and no. */
    public static final String METRICS = "metrics.read";

    /** The attribute that names the limits that hold for the caller. */
    public static final String LIMITS = "limits";

    /** Under which a call has its caller, once it has passed the first door. */
    public static final Call.Key<Caller> KEY = new Call.Key<>("caller");

    /** Who calls where everybody may. */
    public static final Caller ANYBODY =
            new Caller("anonymous", Shown.ANONYMOUS, Set.of(EVERY_SCOPE), Map.of());

    private static final Caller NOBODY = new Caller("-", Shown.NOTHING, Set.of(), Map.of());

    public Caller {
        scopes = Set.copyOf(scopes);
        attributes = Map.copyOf(attributes);
    }

    /** Who makes this call; somebody without name and scopes where it was not asked. */
    public static Caller of(Call call) {
        return call.find(KEY).orElse(NOBODY);
    }

    /** Its name, where it was recognised by a credential. */
    public Optional<String> known() {
        return shown == Shown.KEY || shown == Shown.TOKEN ? Optional.of(name) : Optional.empty();
    }

    /** Whether it has all of these scopes. */
    public boolean may(Collection<String> needed) {
        return scopes.contains(EVERY_SCOPE) || scopes.containsAll(needed);
    }

    /** The words of an attribute; empty where there is none of this name. */
    public Optional<List<String>> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** The name of the limits that hold for it. */
    public Optional<String> limits() {
        return attribute(LIMITS).filter(words -> !words.isEmpty()).map(List::getFirst);
    }
}
