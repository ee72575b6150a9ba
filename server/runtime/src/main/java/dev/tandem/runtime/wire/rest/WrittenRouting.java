package dev.tandem.runtime.wire.rest;

import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.HttpService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes everything on, and shows each route, which now answers HEAD where it answers GET. */
final class WrittenRouting implements HttpRouting.Builder {
    private final HttpRouting.Builder routing;
    private final Consumer<HttpRoute> written;

    WrittenRouting(HttpRouting.Builder routing, Consumer<HttpRoute> written) {
        this.routing = routing;
        this.written = written;
    }

    @Override
    public HttpRouting.Builder route(HttpRoute route) {
        HttpRoute page = new PageRoute(route);
        written.accept(page);
        routing.route(page);
        return this;
    }

    @Override
    public HttpRouting.Builder register(HttpService... services) {
        routing.register(services);
        return this;
    }

    @Override
    public HttpRouting.Builder register(String path, HttpService... services) {
        routing.register(path, services);
        return this;
    }

    @Override
    public HttpRouting.Builder addFilter(Filter filter) {
        routing.addFilter(filter);
        return this;
    }

    @Override
    public HttpRouting.Builder addFeature(Supplier<? extends HttpFeature> feature) {
        routing.addFeature(feature);
        return this;
    }

    @Override
    public <T extends Throwable> HttpRouting.Builder error(
            Class<T> type, ErrorHandler<? super T> handler) {
        routing.error(type, handler);
        return this;
    }

    @Override
    public HttpRouting.Builder maxReRouteCount(int count) {
        routing.maxReRouteCount(count);
        return this;
    }

    @Override
    public HttpRouting.Builder security(HttpSecurity security) {
        routing.security(security);
        return this;
    }

    @Override
    public HttpRouting.Builder copy() {
        return new WrittenRouting(routing.copy(), written);
    }

    @Override
    public HttpRouting build() {
        throw new UnsupportedOperationException("the server builds its routing; add routes only");
    }
}
