package dev.tandem.runtime.wire.rest;

import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The routes that are not methods': written down as they are added, because Helidon 4.5.0 tells
 * nobody which HTTP methods a path has, and has no HEAD for a GET.
 */
final class Pages {
    private static final List<Method> COMMON =
            List.of(Method.GET, Method.POST, Method.PUT, Method.PATCH, Method.DELETE);

    private final List<HttpRoute> routes = new ArrayList<>();

    /** A routing that adds to another and is written down here. */
    HttpRouting.Builder over(HttpRouting.Builder routing) {
        return new WrittenRouting(routing, routes::add);
    }

    /** Is the request one of a page? */
    boolean answer(HttpPrologue prologue) {
        return routes.stream().anyMatch(route -> route.accepts(prologue).accepted());
    }

    /**
     * The HTTP methods with which there is a page; empty where there is none. Of Helidon's services
     * nothing is known.
     *
     * @param request whatever its HTTP method and path
     */
    SortedSet<String> verbs(HttpPrologue request, String path) {
        SortedSet<String> verbs = new TreeSet<>();
        for (Method method : COMMON) {
            if (answer(asked(request, method, path))) {
                verbs.add(method.text());
            }
        }
        if (verbs.contains("GET")) {
            verbs.add("HEAD");
        }
        return verbs;
    }

    private static HttpPrologue asked(HttpPrologue request, Method method, String path) {
        return HttpPrologue.create(
                request.rawProtocol(),
                request.protocol(),
                request.protocolVersion(),
                method,
                path,
                false);
    }
}
