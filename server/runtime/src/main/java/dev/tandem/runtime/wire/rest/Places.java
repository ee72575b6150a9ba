package dev.tandem.runtime.wire.rest;

import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.RouteMatch;
import dev.tandem.transcoding.route.RouteTable;
import dev.tandem.transcoding.route.Segment;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.ServerRequest;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where requests can go: to methods by the table, or to pages.
 *
 * @param endpoints what is behind each route of the table
 * @param upgrades which requests leave HTTP
 */
record Places(
        RouteTable table,
        IdentityHashMap<Route, Endpoint> endpoints,
        Pages pages,
        Upgrades upgrades) {
    /** What the request asks for beside HTTP; null where nothing, or a page is there. */
    @Nullable Upgrade upgrade(ServerRequest request) {
        Upgrade asked = upgrades.asked(request);
        return asked == null || isPage(asked.route(), request.prologue()) ? null : asked;
    }

    RouteMatch match(HttpPrologue prologue) {
        return table.match(prologue.method().text(), prologue.uriPath().rawPath());
    }

    Endpoint endpoint(Route route) {
        Endpoint endpoint = endpoints.get(route);
        if (endpoint == null) {
            throw new IllegalStateException("no endpoint for " + route);
        }
        return endpoint;
    }

    /** A page goes before a route whose path may be anything, as {@code /{name=**}}. */
    boolean isPage(Route route, HttpPrologue prologue) {
        boolean literal = route.path().segments().getFirst() instanceof Segment.Literal;
        return !literal && pages.answer(prologue);
    }
}
