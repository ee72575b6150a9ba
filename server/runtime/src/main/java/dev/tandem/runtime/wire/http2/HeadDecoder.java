package dev.tandem.runtime.wire.http2;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.Http2Exception;
import io.helidon.http.http2.Http2Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decodes the request headers of one connection: the only decoder that knows the client's HPACK
 * state.
 *
 * <p>Helidon 4.5.0 decodes headers itself, tells nobody whose they are until the stream's thread
 * runs, and ends the connection on trailers for a stream that it has forgotten. So it is fed with
 * headers encoded anew, without state ({@link HeadEncoder}).
 */
final class HeadDecoder {
    private final HpackDecoder hpack = new HpackDecoder();

    /**
     * Decodes a header block; throws {@link ConnectionError} when that cannot be done, as the state
     * is lost then.
     */
    @SuppressWarnings("IllegalCatch") // the Huffman decoder throws whatever it stumbles over
    RequestHead decode(byte[] block) {
        List<HeaderTable.Field> fields;
        try {
            fields = hpack.decode(block);
        } catch (ConnectionError e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ConnectionError(
                    ErrorCode.COMPRESSION_ERROR, "headers cannot be decoded: " + e);
        }
        return head(fields);
    }

    private static RequestHead head(List<HeaderTable.Field> fields) {
        WritableHeaders<?> headers = WritableHeaders.create();
        Http2Headers head = Http2Headers.create(headers);
        Set<String> pseudo = new HashSet<>(4);
        boolean wellFormed = true;
        boolean regular = false;
        for (HeaderTable.Field field : fields) {
            if (field.name().startsWith(":")) {
                // RFC 9113, section 8.3: before all others, once, and of a request's only
                wellFormed &= !regular && pseudo.add(field.name()) && set(head, field);
            } else {
                regular = true;
                wellFormed &= HeaderRules.isRequestField(field.name());
                headers.add(
                        HeaderValues.create(
                                HeaderNames.create(field.name().toLowerCase(Locale.ROOT)),
                                field.value()));
            }
        }
        return RequestHead.of(head, wellFormed, !pseudo.isEmpty());
    }

    private static boolean set(Http2Headers head, HeaderTable.Field field) {
        switch (field.name()) {
            case ":method" -> {
                if (field.value().isEmpty() || field.value().equals("CONNECT")) {
                    return false;
                }
                try {
                    head.method(Method.create(field.value()));
                } catch (IllegalArgumentException e) {
                    return false; // no token
                }
            }
            case ":path" -> head.path(RequestPath.readable(field.value()));
            case ":scheme" -> head.scheme(field.value());
            case ":authority" -> head.authority(field.value());
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the headers make a request (RFC 9113, section 8.3.1). Helidon 4.5.0 ends the whole
     * connection where it finds that they do not; here only the stream ends. There is no CONNECT
     * (section 8.5): the server is no proxy.
     */
    boolean isRequest(RequestHead head) {
        if (!head.wellFormed() || head.contentLength() == RequestHead.UNREADABLE) {
            return false;
        }
        try {
            head.decoded().validateRequest();
            for (Header header : head.headers()) {
                header.validate();
            }
            HttpPrologue.create(
                    "HTTP/2.0", "HTTP", "2.0", head.decoded().method(), head.path(), true);
            return !head.path().isEmpty();
        } catch (Http2Exception | IllegalArgumentException e) {
            return false;
        }
    }
}
