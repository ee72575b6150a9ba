package dev.tandem.runtime.auth;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.transcoding.route.Scopes;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets those pass who have certain scopes, all of them.
 *
 * @param needed in order; none lets everybody pass
 */
public record ScopeGate(Set<String> needed) {
    /** What 401 and 403 name as the place that is guarded. */
    public static final String REALM = "realm=\"tandem\"";

    /**
     * @throws IllegalArgumentException where one of them can be no scope
     */
    public ScopeGate {
        for (String scope : needed) {
            if (!Scopes.isName(scope)) {
                throw new IllegalArgumentException(
                        "'"
                                + scope
                                + "' is no scope; scopes are visible ASCII without blanks, quotes and"
                                + " backslashes");
            }
        }
        needed = Collections.unmodifiableSet(new TreeSet<>(needed));
    }

    /** Has a line written about a call where an administrator's scope is needed. */
    public void watch(Call call) {
        if (needed.contains(Caller.ADMIN)) {
            Audit.watch(call);
        }
    }

    /**
     * Lets the call pass.
     *
     * @throws dev.tandem.runtime.call.ApiException where its caller lacks one
     */
    public void pass(Call call) {
        if (Caller.of(call).may(needed)) {
            return;
        }
        String names = String.join(" ", needed);
        call.answer()
                .header(
                        "www-authenticate",
                        "Bearer "
                                + REALM
                                + ", error=\"insufficient_scope\", scope=\""
                                + names
                                + "\"");
        throw ApiError.of(
                        AuthReasons.INSUFFICIENT_SCOPE,
                        "The credential lacks a scope for this; it needs: " + names + ".")
                .toException();
    }
}
