package dev.tandem.runtime.wire.docs;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags for a page in two forms, JSON and YAML, whose route knows none, as that of Helidon's
 * OpenAPI feature: who has the form already that it accepts is told so, before the route is asked.
 */
public final class PageTags implements Filter {
    private final String path;
    private final Supplier<byte[]> json;
    private final Supplier<byte[]> yaml;
    private volatile @Nullable Tags tags;

    /**
     * Tags for a path.
     *
     * @param json asked when the page first is, as is {@code yaml}; their answers do not change
     */
    public PageTags(String path, Supplier<byte[]> json, Supplier<byte[]> yaml) {
        this.path = path;
        this.json = json;
        this.yaml = yaml;
    }

    private record Tags(String json, String yaml) {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!request.prologue().method().equals(Method.GET)
                || !request.prologue().uriPath().path().equals(path)) {
            chain.proceed();
            return;
        }
        Tags known = tags();
        String had = had(request.headers(), known);
        if (had != null) {
            tell(response, had);
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.beforeSend(() -> {
            if (response.status().equals(Status.OK_200)) {
                tell(response, isJson(response) ? known.json() : known.yaml());
            }
        });
        chain.proceed();
    }

    private static @Nullable String had(ServerRequestHeaders headers, Tags known) {
        List<String> values = headers.values(HeaderNames.IF_NONE_MATCH);
        if (EntityTags.match(values, known.json())
                && accepts(
                        headers,
                        MediaTypes.APPLICATION_JSON,
                        MediaTypes.APPLICATION_OPENAPI_JSON)) {
            return known.json();
        }
        if (EntityTags.match(values, known.yaml())
                && accepts(
                        headers,
                        MediaTypes.APPLICATION_YAML,
                        MediaTypes.APPLICATION_OPENAPI_YAML)) {
            return known.yaml();
        }
        return null;
    }

    private static boolean accepts(ServerRequestHeaders headers, MediaType one, MediaType other) {
        return headers.isAccepted(one) || headers.isAccepted(other);
    }

    private static boolean isJson(RoutingResponse response) {
        return response.headers().first(HeaderNames.CONTENT_TYPE).orElse("").contains("json");
    }

    private static void tell(RoutingResponse response, String tag) {
        // not response.header: over HTTP/2 that is refused while an answer is being sent
        response.headers().set(HeaderNames.ETAG, tag);
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-cache");
        response.headers().set(HeaderNames.VARY, "Accept");
    }

    private Tags tags() {
        Tags made = tags;
        if (made == null) {
            made = new Tags(Form.plain(json.get()).tag(), Form.plain(yaml.get()).tag());
            tags = made;
        }
        return made;
    }
}
