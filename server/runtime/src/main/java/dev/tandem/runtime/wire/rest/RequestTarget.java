package dev.tandem.runtime.wire.rest;

import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.RoutingRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request is for, where the target is a whole URL (RFC 9112, section 3.2.2). */
final class RequestTarget {
    private static final Pattern ABSOLUTE =
            Pattern.compile("https?://([^/?#]+)(/.*)?", Pattern.CASE_INSENSITIVE);

    private RequestTarget() {}

    /**
     * Lets the request's path begin with its slash, as Helidon's routing and the route table expect
     * it.
     *
     * @return the host in the target, which counts instead of the Host header; null where there was
     *     none
     */
    static @Nullable String originForm(RoutingRequest request) {
        HttpPrologue prologue = request.prologue();
        String raw = prologue.uriPath().rawPath();
        if (raw.startsWith("/")) {
            return null;
        }
        Matcher absolute = ABSOLUTE.matcher(raw);
        if (!absolute.matches()) {
            return null;
        }
        String path = absolute.group(2) == null ? "/" : absolute.group(2);
        String query = prologue.query().rawValue();
        request.prologue(
                HttpPrologue.create(
                        prologue.rawProtocol(),
                        prologue.protocol(),
                        prologue.protocolVersion(),
                        prologue.method(),
                        query.isEmpty() ? path : path + "?" + query,
                        true));
        return absolute.group(1);
    }
}
