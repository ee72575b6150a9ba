package dev.tandem.runtime.wire.http2;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.Http2Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers that began a stream, or its trailers, which have no pseudo-headers.
 *
 * @param size as RFC 9113, section 6.5.2, counts it, without the pseudo-headers' names
 * @param wellFormed whether names and pseudo-headers are as RFC 9113, section 8, wants them
 */
record RequestHead(Http2Headers decoded, int size, boolean wellFormed, boolean hasPseudoHeaders) {
    static final long UNREADABLE = -2;

    private static final int OVERHEAD = 32;

    /** Characters of the path of a refused request: for the log. */
    private static final int LOGGED_PATH = 200;

    static RequestHead of(Http2Headers decoded, boolean wellFormed, boolean hasPseudoHeaders) {
        int size = length(decoded.path()) + length(decoded.authority()) + 4 * OVERHEAD;
        for (Header header : decoded.httpHeaders()) {
            for (String value : header.allValues()) {
                size += header.headerName().lowerCase().length() + value.length() + OVERHEAD;
            }
        }
        return new RequestHead(decoded, size, wellFormed, hasPseudoHeaders);
    }

    /** The same request without its fields and most of its path, which are not worth keeping. */
    RequestHead withoutFields() {
        Http2Headers bare = Http2Headers.create(WritableHeaders.create());
        bare.method(decoded.method());
        String path = decoded.path();
        bare.path(path.substring(0, Math.min(path.length(), LOGGED_PATH)));
        return of(bare, wellFormed, hasPseudoHeaders);
    }

    String method() {
        return decoded.method().text();
    }

    String path() {
        return decoded.path();
    }

    /**
     * The body's length as the request says it; -1 where it does not, {@link #UNREADABLE} where it
     * says no number.
     */
    long contentLength() {
        List<String> values = headers().values(HeaderNames.CONTENT_LENGTH);
        if (values.isEmpty()) {
            return -1;
        }
        String value = values.getFirst();
        boolean number =
                values.size() == 1
                        && !value.isEmpty()
                        && value.length() < 19
                        && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(value) : UNREADABLE;
    }

    Headers headers() {
        return decoded.httpHeaders();
    }

    /**
     * The headers as a handler knows them from HTTP/1.1: {@code :authority} is the host (RFC 9113,
     * section 8.3.1).
     */
    Headers headersWithHost() {
        String authority = decoded.authority();
        if (authority == null || authority.isEmpty()) {
            return headers();
        }
        return WritableHeaders.create(headers()).set(HeaderNames.HOST, authority);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
