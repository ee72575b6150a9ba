package dev.tandem.runtime.wire.rest;

import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;

/** A route that answers HEAD as it answers GET, without the body. */
final class PageRoute extends WrappedRoute {
    PageRoute(HttpRoute route) {
        super(route);
    }

    @Override
    public MatchResult accepts(HttpPrologue prologue) {
        MatchResult result = super.accepts(prologue);
        return result.accepted() || !isHead(prologue) ? result : super.accepts(asGet(prologue));
    }

    @Override
    public MatchResult accepts(HttpPrologue prologue, ServerRequestHeaders headers) {
        MatchResult result = super.accepts(prologue, headers);
        return result.accepted() || !isHead(prologue)
                ? result
                : super.accepts(asGet(prologue), headers);
    }

    @Override
    public Handler handler() {
        Handler handler = route().handler();
        return (request, response) ->
                handler.handle(
                        request, isHead(request.prologue()) ? new HeadOnly(response) : response);
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
