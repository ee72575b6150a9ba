package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.nio.charset.StandardCharsets;

/**
 * Answers a request whose headers are more than the server takes. Neither Helidon nor a handler
 * sees them: the answer is written here, in the form of all errors.
 */
final class HeadersTooLarge implements StreamHandler {
    private static final int STATUS = 431; // RFC 6585, section 5

    private final byte[] body;

    /**
     * The answer of one port.
     *
     * @param limit bytes of headers that are taken
     */
    HeadersTooLarge(int limit) {
        body =
                ("{\"error\":{\"message\":\"The request's headers are more than the "
                                + limit
                                + " bytes that this server takes.\",\"type\":\"invalid_request_error\","
                                + "\"param\":null,\"code\":\"headers_too_large\",\"details\":[],"
                                + "\"request_id\":null}}")
                        .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(OwnedStream stream) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
        headers.set(HeaderValues.create(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length)));
        stream.headers(STATUS, headers, false);
        stream.data(body, 0, body.length, true);
    }
}
