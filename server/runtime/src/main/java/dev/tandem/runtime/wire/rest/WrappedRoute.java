package dev.tandem.runtime.wire.rest;

import io.helidon.http.HttpPrologue;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRoute;
import java.util.Optional;

/** A route that matches and lives as another one; what it does with a request is its own. */
abstract class WrappedRoute implements HttpRoute {
    private final HttpRoute route;

    WrappedRoute(HttpRoute route) {
        this.route = route;
    }

    final HttpRoute route() {
        return route;
    }

    @Override
    public MatchResult accepts(HttpPrologue prologue) {
        return route.accepts(prologue);
    }

    @Override
    public MatchResult accepts(HttpPrologue prologue, ServerRequestHeaders headers) {
        return route.accepts(prologue, headers);
    }

    @Override
    public final Optional<PathMatcher> pathMatcher() {
        return route.pathMatcher();
    }

    @Override
    public final void beforeStart() {
        route.beforeStart();
    }

    @Override
    public final void afterStart(WebServer server) {
        route.afterStart(server);
    }

    @Override
    public final void afterStop() {
        route.afterStop();
    }
}
