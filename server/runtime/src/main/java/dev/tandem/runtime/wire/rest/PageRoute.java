package dev.tandem.runtime.wire.rest;

import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;
import java.util.Optional;

/** A route that answers HEAD as it answers GET, without the body. */
record PageRoute(HttpRoute route) implements HttpRoute {
    @Override
    public MatchResult accepts(HttpPrologue prologue) {
        MatchResult result = route.accepts(prologue);
        return result.accepted() || !isHead(prologue) ? result : route.accepts(asGet(prologue));
    }

    @Override
    public MatchResult accepts(HttpPrologue prologue, ServerRequestHeaders headers) {
        MatchResult result = route.accepts(prologue, headers);
        return result.accepted() || !isHead(prologue)
                ? result
                : route.accepts(asGet(prologue), headers);
    }

    @Override
    public Handler handler() {
        Handler handler = route.handler();
        return (request, response) ->
                handler.handle(
                        request, isHead(request.prologue()) ? new HeadOnly(response) : response);
    }

    @Override
    public Optional<PathMatcher> pathMatcher() {
        return route.pathMatcher();
    }

    @Override
    public void beforeStart() {
        route.beforeStart();
    }

    @Override
    public void afterStart(WebServer server) {
        route.afterStart(server);
    }

    @Override
    public void afterStop() {
        route.afterStop();
    }

    private static boolean isHead(HttpPrologue prologue) {
        return prologue.method().equals(Method.HEAD);
    }

    private static HttpPrologue asGet(HttpPrologue prologue) {
        return HttpPrologue.create(
                prologue.rawProtocol(),
                prologue.protocol(),
                prologue.protocolVersion(),
                Method.GET,
                prologue.uriPath(),
                prologue.query(),
                prologue.fragment());
    }
}
