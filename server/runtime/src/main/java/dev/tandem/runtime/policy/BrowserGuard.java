package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps web pages that the user happens to visit away from the server, which a browser can reach on
 * the loopback though nobody else can: a page's own name that resolves to this machine is no name
 * of this server (DNS rebinding), and a foreign {@code Origin} is refused. What a browser sends
 * without a preflight, as forms, must come from a page of the same origin; so must WebSockets that
 * are opened with what the browser knows of its user, as cookies.
 */
public final class BrowserGuard implements Policy {
    private static final String ANY = "*";

    private final Set<String> hosts;
    private final Supplier<CorsSettings> cors;

    /** Without pages of other origins; see {@link #BrowserGuard(Collection, Supplier)}. */
    public BrowserGuard(Collection<String> hosts) {
        this(hosts, () -> CorsSettings.NONE);
    }

    /**
     * @param hosts names and addresses, without port, under which clients may reach the server
     *     besides those of the loopback; {@code *} for every one, which leaves only the check that
     *     a page's origin is the host it calls
     * @param cors asked by every call: whose pages may call though they are foreign
     */
    public BrowserGuard(Collection<String> hosts, Supplier<CorsSettings> cors) {
        this.cors = cors;
        this.hosts =
                hosts.stream()
                        .map(BrowserGuard::normalized)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static String normalized(String host) {
        boolean bareV6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return HostName.plain(bareV6 ? "[" + host + "]" : host);
    }

    @Override
    public void admit(Call call) {
        Head head = call.head();
        if (Exempt.covers(head)) {
            return;
        }
        String authority = head.header("host").orElse("");
        String host = HostName.ofAuthority(authority).orElse("");
        if (host.isEmpty() || !(hosts.contains(ANY) || known(host))) {
            throw refusal(
                    Reasons.HOST_NOT_ALLOWED,
                    "This server is not reached under the host name of the request; use localhost, or"
                            + " add the name to its allowed hosts.");
        }
        String origin = head.header("origin").orElse("");
        if (!origin.isEmpty() && !cors.get().allows(origin) && !sameSite(origin, host)) {
            throw refusal(
                    Reasons.ORIGIN_NOT_ALLOWED,
                    "Web pages of this origin may not call the server; add it to the origins of CORS,"
                            + " or its host to the allowed hosts.");
        }
        checkUnasked(head, origin);
    }

    /** Of what browsers send, with what they know of their user, without asking first. */
    private void checkUnasked(Head head, String origin) {
        if (FormOrigin.isSimple(head) && !FormOrigin.isOwn(head) && !mayPost(head, origin)) {
            throw refusal(
                    Reasons.ORIGIN_NOT_ALLOWED,
                    "Forms are taken from pages of this origin only; send JSON, or add the page's origin"
                            + " to the origins of CORS.");
        }
        if (head.wire() == Head.Wire.WEBSOCKET && !FormOrigin.isOfHost(head) && !mayOpen(head)) {
            throw refusal(
                    Reasons.ORIGIN_NOT_ALLOWED,
                    "With a cookie, a password or a certificate of the browser's, WebSockets are opened"
                            + " by pages of this origin only; add the page's origin to the origins of"
                            + " CORS, with credentials.");
        }
    }

    /** May a page of another origin do without asking what others ask for by a preflight? */
    private boolean mayPost(Head head, String origin) {
        CorsSettings settings = cors.get();
        return settings.allows(origin)
                && (settings.credentials() || !FormOrigin.isCredentialed(head));
    }

    /** The same of WebSockets, for which no browser asks, and which it lets every page read. */
    private boolean mayOpen(Head head) {
        CorsSettings settings = cors.get();
        return !FormOrigin.isCredentialed(head)
                || (settings.credentials() && settings.allows(head.header("origin").orElse("")));
    }

    private boolean sameSite(String origin, String host) {
        return HostName.ofOrigin(origin)
                .filter(from -> from.equals(host) || known(from))
                .isPresent();
    }

    private boolean known(String host) {
        return HostName.isLoopback(host) || hosts.contains(host);
    }

    private static RuntimeException refusal(Reason reason, String message) {
        return ApiError.of(reason, message).toException();
    }
}
