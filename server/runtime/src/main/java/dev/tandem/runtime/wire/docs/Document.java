package dev.tandem.runtime.wire.docs;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text or file that does not change while the server runs: answered to GET and HEAD, plain or
 * compressed, with an entity tag by which a client that has it already is told so (RFC 9110). Any
 * thread may ask.
 */
public final class Document {
    private static final HeaderName NOSNIFF = HeaderNames.create("X-Content-Type-Options");
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private final String mediaType;
    private final Supplier<byte[]> source;
    private final Map<HeaderName, String> headers;
    private volatile @Nullable Forms forms;

    private Document(String mediaType, Supplier<byte[]> source, Map<HeaderName, String> headers) {
        this.mediaType = mediaType;
        this.source = source;
        this.headers = headers;
    }

    /**
     * A document.
     *
     * @param mediaType the content type, with its charset where it is a text without one of its own
     * @param bytes must not be changed any more
     */
    public static Document of(String mediaType, byte[] bytes) {
        return later(mediaType, () -> bytes);
    }

    /**
     * A document whose bytes are made when somebody first asks for it.
     *
     * @param source asked once, unless it throws; what it throws becomes a 500
     */
    public static Document later(String mediaType, Supplier<byte[]> source) {
        return new Document(mediaType, source, Map.of());
    }

    /** The same document with one more header in its answers. */
    public Document with(String header, String value) {
        Map<HeaderName, String> more = new LinkedHashMap<>(headers);
        more.put(HeaderNames.create(header), value);
        return new Document(mediaType, source, more);
    }

    /**
     * Serves the document; other HTTP methods on its path are 405.
     *
     * @param path taken literally
     */
    public void route(HttpRouting.Builder routing, String path) {
        route(routing, path, this::answer);
    }

    /** Routes GET and HEAD of a literal path to a handler and answers the other methods. */
    static void route(HttpRouting.Builder routing, String path, Handler handler) {
        routing.route(
                _ -> true,
                PathMatchers.exact(path),
                (request, response) -> {
                    switch (request.prologue().method().text()) {
                        case "GET", "HEAD" -> handler.handle(request, response);
                        case "OPTIONS" -> {
                            response.header(HeaderNames.ALLOW, ALLOWED);
                            response.status(Status.NO_CONTENT_204).send();
                        }
                        default -> {
                            response.header(HeaderNames.ALLOW, ALLOWED);
                            throw otherMethod();
                        }
                    }
                });
    }

    private static RuntimeException otherMethod() {
        return ApiError.of(Reasons.METHOD_NOT_ALLOWED, "This path takes " + ALLOWED + ".")
                .toException();
    }

    /** Answers a request for this document, whatever its path. */
    void answer(ServerRequest request, ServerResponse response) {
        Forms made = forms();
        boolean gzip = AcceptEncoding.prefersGzip(values(request, HeaderNames.ACCEPT_ENCODING));
        Form form = gzip ? made.compressed() : made.plain();
        response.header(HeaderNames.ETAG, form.tag());
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        response.headers().add(HeaderValues.create(HeaderNames.VARY, "Accept-Encoding"));
        headers.forEach(response::header);
        response.header(NOSNIFF, "nosniff");
        if (EntityTags.match(values(request, HeaderNames.IF_NONE_MATCH), form.tag())) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        if (!form.encoding().isEmpty()) {
            response.header(HeaderNames.CONTENT_ENCODING, form.encoding());
        }
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, form.bytes().length));
            response.send();
        } else {
            response.send(form.bytes());
        }
    }

    private static List<String> values(ServerRequest request, HeaderName name) {
        return request.headers().values(name);
    }

    private Forms forms() {
        Forms made = forms;
        if (made == null) {
            synchronized (this) {
                made = forms;
                if (made == null) {
                    Form plain = Form.plain(source.get());
                    made = new Forms(plain, plain.compressed());
                    forms = made;
                }
            }
        }
        return made;
    }

    private record Forms(Form plain, Form compressed) {}
}
