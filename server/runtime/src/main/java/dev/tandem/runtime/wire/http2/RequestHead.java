package dev.tandem.runtime.wire.http2;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers that began a stream, or its trailers, which have no pseudo-headers.
 *
 * @param size as RFC 9113, section 6.5.2, counts it, without the pseudo-headers' names
 * @param wellFormed whether names and pseudo-headers are as RFC 9113, section 8, wants them
 */
record RequestHead(Http2Headers decoded, int size, boolean wellFormed, boolean hasPseudoHeaders) {
    private static final int OVERHEAD = 32;

    static RequestHead of(Http2Headers decoded, boolean wellFormed, boolean hasPseudoHeaders) {
        int size = length(decoded.path()) + length(decoded.authority()) + 4 * OVERHEAD;
        for (Header header : decoded.httpHeaders()) {
            for (String value : header.allValues()) {
                size += header.headerName().lowerCase().length() + value.length() + OVERHEAD;
            }
        }
        return new RequestHead(decoded, size, wellFormed, hasPseudoHeaders);
    }

    String method() {
        return decoded.method().text();
    }

    String path() {
        return decoded.path();
    }

    @Nullable String contentType() {
        return headers().first(HeaderNames.CONTENT_TYPE).orElse(null);
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
