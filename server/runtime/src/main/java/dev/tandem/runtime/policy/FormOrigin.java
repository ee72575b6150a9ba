package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.Head;
import dev.tandem.transcoding.form.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whose page sent a form. A browser sends forms, and texts, from any page to any server, with the
 * credentials that it holds for that server and without asking first (the Fetch standard's simple
 * requests); of JSON it asks by a preflight. So such a request must come from a page of this very
 * origin, not of another port of the host, or from no page at all.
 */
final class FormOrigin {
    /** The types of content for which browsers do not ask. */
    private static final Set<String> SIMPLE =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private FormOrigin() {}

    /** May pages send such a request without a preflight, and does it more than read? */
    static boolean isSimple(Head head) {
        List<String> types = head.headers().getOrDefault("content-type", List.of());
        return types.stream().anyMatch(type -> SIMPLE.contains(MediaType.essence(type)))
                || (types.isEmpty() && head.verb().equals("POST"));
    }

    /**
     * Does it come from a page of this origin, or from no page? Browsers tell by Sec-Fetch-Site
     * where they trust the connection; elsewhere by Origin, with each POST.
     */
    static boolean isOwn(Head head) {
        Optional<String> site = head.header("sec-fetch-site");
        return site.isPresent() ? OWN.contains(site.get()) : isOfHost(head);
    }

    /** Has the Origin, if there is one, the host and port that are called? */
    static boolean isOfHost(Head head) {
        String origin = head.header("origin").orElse("");
        int slashes = origin.indexOf("://");
        return origin.isEmpty()
                || (slashes > 0
                        && origin.substring(slashes + 3)
                                .equalsIgnoreCase(head.header("host").orElse("")));
    }

    /** Does the browser add what it knows itself: cookies, passwords, certificates? */
    static boolean isCredentialed(Head head) {
        return head.headers().containsKey("cookie")
                || head.peerCertificate() != null
                || head.headers().getOrDefault("authorization", List.of()).stream()
                        .anyMatch(value -> !value.toLowerCase(Locale.ROOT).startsWith("bearer "));
    }
}
