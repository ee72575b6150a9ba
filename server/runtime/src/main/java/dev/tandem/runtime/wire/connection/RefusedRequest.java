package dev.tandem.runtime.wire.connection;

import dev.tandem.runtime.call.ApiError;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import java.net.SocketAddress;

/**
 * A request that a wire refuses before a handler sees it, on its way to whoever writes the answer.
 *
 * @param method as it was sent; {@code -} where it could not be read
 * @param path as {@code method}, without the query
 * @param peer who sent it
 * @param error what is answered
 */
public record RefusedRequest(String method, String path, SocketAddress peer, ApiError error)
        implements TransportRequest {

    /** To be thrown where Helidon, or a handler, reads the request. The connection ends with it. */
    public RequestException toException() {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(Status.create(error.code().http()))
                .request(this)
                .message(error.message())
                .setKeepAlive(false)
                .build();
    }

    @Override
    public String protocolVersion() {
        return "HTTP/1.1";
    }

    @Override
    public ServerRequestHeaders headers() {
        return ServerRequestHeaders.create();
    }
}
