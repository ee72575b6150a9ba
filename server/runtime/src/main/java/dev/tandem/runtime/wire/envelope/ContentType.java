package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.transcoding.form.MediaType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.util.Collection;

/** The content types of requests, and the answer to those that are not served. */
public final class ContentType {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int METHOD_NOT_ALLOWED = 405;

    private ContentType() {}

    /** That of a request, without parameters, in lower case; empty where there is none. */
    public static String of(Headers headers) {
        return MediaType.essence(headers.first(HeaderNames.CONTENT_TYPE).orElse(""));
    }

    /** Answers a request of a content type that is not served. */
    public static void refuse(OwnedStream stream, Collection<String> served) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(HeaderValues.create("accept-post", String.join(", ", served)));
        stream.headers(UNSUPPORTED_MEDIA_TYPE, headers, true);
    }

    /**
     * Answers a request with an HTTP method that is not served.
     *
     * @param allowed those that are, with commas between them
     */
    public static void refuseVerb(OwnedStream stream, String allowed) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(HeaderValues.create(HeaderNames.ALLOW, allowed));
        stream.headers(METHOD_NOT_ALLOWED, headers, true);
    }
}
