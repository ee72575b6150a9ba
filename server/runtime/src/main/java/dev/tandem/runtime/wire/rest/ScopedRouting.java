package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.auth.ScopeGate;
import dev.tandem.runtime.call.Call;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.HttpService;
import java.util.function.Supplier;

/** Adds pages that only callers with certain scopes may ask for. Takes single routes only. */
public final class ScopedRouting implements HttpRouting.Builder {
    private final HttpRouting.Builder routing;
    private final ScopeGate gate;

    /** Adds to this routing. */
    public ScopedRouting(HttpRouting.Builder routing, ScopeGate gate) {
        this.routing = routing;
        this.gate = gate;
    }

    @Override
    public HttpRouting.Builder route(HttpRoute route) {
        routing.route(new Guarded(route, gate));
        return this;
    }

    @Override
    public HttpRouting.Builder register(HttpService... services) {
        throw unguarded();
    }

    @Override
    public HttpRouting.Builder register(String path, HttpService... services) {
        throw unguarded();
    }

    @Override
    public HttpRouting.Builder addFilter(Filter filter) {
        throw unguarded();
    }

    @Override
    public HttpRouting.Builder addFeature(Supplier<? extends HttpFeature> feature) {
        throw unguarded();
    }

    @Override
    public <T extends Throwable> HttpRouting.Builder error(
            Class<T> type, ErrorHandler<? super T> handler) {
        throw unguarded();
    }

    @Override
    public HttpRouting.Builder maxReRouteCount(int count) {
        throw unguarded();
    }

    @Override
    public HttpRouting.Builder security(HttpSecurity security) {
        throw unguarded();
    }

    @Override
    public HttpRouting.Builder copy() {
        return new ScopedRouting(routing.copy(), gate);
    }

    @Override
    public HttpRouting build() {
        throw new UnsupportedOperationException("the server builds its routing; add routes only");
    }

    private static RuntimeException unguarded() {
        return new UnsupportedOperationException(
                "only single routes can be guarded by a scope; add them one by one");
    }

    private static final class Guarded extends WrappedRoute {
        private final ScopeGate gate;

        Guarded(HttpRoute route, ScopeGate gate) {
            super(route);
            this.gate = gate;
        }

        @Override
        public Handler handler() {
            Handler handler = route().handler();
            return (request, response) -> {
                Call call =
                        request.context()
                                .get(Call.class)
                                .orElseThrow(() ->
                                        new IllegalStateException(
                                                "a request came past the first door"));
                gate.watch(call);
                gate.pass(call);
                handler.handle(request, response);
            };
        }
    }
}
