package dev.tandem.runtime.web;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.staticcontent.FileSystemHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import java.nio.file.Path;

/** The files of a folder below /app/, with what browsers are to keep from them. */
final class WebPages {
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private WebPages() {}

    static void route(HttpRouting.Builder pages, Path folder) {
        pages.addFilter(WebPages::secured);
        pages.register(
                "/app",
                StaticContentFeature.createService(
                        FileSystemHandlerConfig.builder()
                                .location(folder)
                                .welcome("index.html")
                                .build()));
    }

    private static void secured(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = request.path().path();
        if (path.indexOf(0) >= 0) {
            throw ApiError.of(Reasons.NOT_FOUND, "No file has such a name.").toException();
        }
        if (path.startsWith("/app/")) {
            response.header(HeaderNames.create("content-security-policy"), POLICY);
            response.header(HeaderNames.create("x-content-type-options"), "nosniff");
            response.header(HeaderNames.create("referrer-policy"), "same-origin");
            response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        }
        chain.proceed();
    }
}
