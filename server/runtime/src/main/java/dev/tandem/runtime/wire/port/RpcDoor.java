package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Takes the requests over HTTP/1.1 that protocols of ours answer by themselves, before any other
 * door: so each protocol is written once, for {@link OwnedStream}. Over HTTP/2 they never come to
 * the routing.
 */
public final class RpcDoor implements Filter {
    private static final Logger LOG = System.getLogger(RpcDoor.class.getName());

    private final StreamOwnership ownership;
    private final StreamHandler handler;

    /** A door to the handler. */
    public RpcDoor(StreamOwnership ownership, StreamHandler handler) {
        this.ownership = ownership;
        this.handler = handler;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        boolean owned =
                ownership.owns(
                        request.prologue().method().text(),
                        Http1Stream.target(request),
                        request.headers());
        if (!owned) {
            chain.proceed();
            return;
        }
        Http1Stream stream = new Http1Stream(request, response);
        try {
            answer(stream);
        } finally {
            stream.close();
        }
        if (!stream.reusable()) {
            throw new CloseConnectionException("the call left its connection unusable");
        }
    }

    @SuppressWarnings("IllegalCatch") // a handler may throw anything; its connection ends with it
    private void answer(Http1Stream stream) {
        try {
            handler.handle(stream);
            if (!stream.ended() && !stream.gone()) {
                LOG.log(
                        Level.ERROR,
                        "the handler of " + stream.path() + " returned without an answer");
            }
        } catch (StreamGoneException e) {
            LOG.log(Level.DEBUG, "the client of " + stream.path() + " is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (!stream.gone()) {
                LOG.log(Level.ERROR, "the handler of " + stream.path() + " failed", e);
            }
        }
    }
}
