package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Sweep;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The HTTP/1.1 side of a port.
 *
 * <p>It has no upgraders. Helidon 4.5.0 would serve an h2c upgrade on an HTTP/2 connection of its
 * own, past our selector, and give Java's HttpClient, which asks for one with its first POST, an
 * empty body. Without upgraders the header is ignored and HTTP/1.1 goes on, as RFC 9110, section
 * 7.8, allows.
 */
public final class Http1Wire implements ServerConnectionSelector {
    private final ServerConnectionSelector http1 =
            Http1ConnectionSelector.builder()
                    .config(
                            Http1Config.builder()
                                    // of the query only: it would refuse labels[key], which
                                    // clients send as it stands, and not say why
                                    .validatePrologue(false)
                                    .buildPrototype())
                    .build();
    private final Set<Http1Connection> open = ConcurrentHashMap.newKeySet();

    /**
     * Looks after long calls; to be called every 20 ms or so, with {@link System#nanoTime()}. Does
     * not block.
     */
    public void sweep(long now) {
        Sweep.each(open, connection -> connection.sweep(now));
    }

    /** Calls in progress. */
    public int inFlight() {
        return (int) open.stream().filter(Http1Connection::busy).count();
    }

    /** Ends idle connections now, the others after their call. */
    public void drain() {
        open.forEach(connection -> connection.close(false));
    }

    /**
     * Lets the request be the last of its connection; false when it did not come over HTTP/1.1.
     * Helidon 4.5.0 reads on after an answer that said {@code Connection: close}.
     */
    public boolean endAfter(ServerRequest request) {
        if (request.remotePeer() instanceof Peer peer
                && peer.connection() instanceof Http1Connection connection) {
            connection.close(false);
            return true;
        }
        return false;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        Support support = http1.supports(data);
        return support == Support.UNSUPPORTED && isHttp10(data) ? Support.SUPPORTED : support;
    }

    /** Helidon 4.5.0 closes without a word unless its protocol code sees it, which answers 505. */
    private static boolean isHttp10(BufferData data) {
        data.rewind();
        int end = data.indexOf((byte) '\n');
        return end > 0 && data.readString(end).endsWith(" HTTP/1.0\r");
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Http1Connection(context, http1, open);
    }
}
