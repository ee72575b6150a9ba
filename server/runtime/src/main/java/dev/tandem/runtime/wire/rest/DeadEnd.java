package dev.tandem.runtime.wire.rest;

import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.RouteMatch;
import dev.tandem.transcoding.route.RouteTable;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** The answer where neither a method nor a page answers: 204 to OPTIONS, 400, 404, 405 or 426. */
final class DeadEnd {
    /** Longer paths are not repeated in an error. */
    private static final int ECHOED = 200;

    private final RouteTable table;
    private final Pages pages;

    DeadEnd(RouteTable table, Pages pages) {
        this.table = table;
        this.pages = pages;
    }

    void answer(HttpPrologue prologue, Reply reply) {
        String path = prologue.uriPath().rawPath();
        boolean asksForOptions = prologue.method().text().equals("OPTIONS");
        SortedSet<String> allowed =
                asksForOptions && path.equals("*") ? everyVerb() : verbs(prologue, path);
        if (table.match(prologue.method().text(), path) instanceof RouteMatch.Malformed) {
            reply.sendError(RestErrors.malformedPath());
        } else if (allowed.isEmpty()) {
            reply.sendError(RestErrors.unknownPath(withoutSurplusSlashes(prologue, path)));
        } else if (asksForOptions) {
            reply.sendNothing(String.join(", ", allowed));
        } else if (isSocket(prologue, path)) {
            reply.offerUpgrade();
            reply.sendError(RestErrors.upgradeRequired());
        } else {
            reply.header(HeaderNames.ALLOW, String.join(", ", allowed));
            reply.sendError(RestErrors.otherVerbs(allowed));
        }
    }

    /** Does GET fail only because it asks for no WebSocket? */
    private boolean isSocket(HttpPrologue prologue, String path) {
        return prologue.method().text().equals("GET")
                && table.matchSocket(path) instanceof RouteMatch.Found;
    }

    /** With which HTTP methods the path exists; with none when it does not. */
    private SortedSet<String> verbs(HttpPrologue prologue, String path) {
        SortedSet<String> verbs = new TreeSet<>(pages.verbs(prologue, path));
        if (table.match(prologue.method().text(), path)
                instanceof RouteMatch.OtherVerbs(SortedSet<String> others)) {
            verbs.addAll(others);
        }
        if (table.matchSocket(path) instanceof RouteMatch.Found) {
            verbs.add("GET");
        }
        if (!verbs.isEmpty()) {
            verbs.add("OPTIONS");
        }
        return verbs;
    }

    /** Of the server as a whole: what {@code OPTIONS *} asks (RFC 9110, section 9.3.7). */
    private NavigableSet<String> everyVerb() {
        NavigableSet<String> verbs = new TreeSet<>();
        table.routes().stream()
                .map(Route::verb)
                .filter(verb -> !verb.equals("*"))
                .forEach(verbs::add);
        verbs.add("GET");
        verbs.add("HEAD");
        verbs.add("OPTIONS");
        return verbs;
    }

    /** A path like this one at which there is something; empty where there is none. */
    private String withoutSurplusSlashes(HttpPrologue prologue, String path) {
        String plain = path.replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", "");
        boolean exists =
                !plain.equals(path)
                        && plain.length() <= ECHOED
                        && (table.match(prologue.method().text(), plain) instanceof RouteMatch.Found
                                || !verbs(prologue, plain).isEmpty());
        return exists ? plain : "";
    }
}
