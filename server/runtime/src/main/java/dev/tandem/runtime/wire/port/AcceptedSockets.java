package dev.tandem.runtime.wire.port;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that were accepted and have no {@link Arrival} yet: on their way to their thread, or
 * in a TLS handshake of Helidon's own.
 *
 * <p>Helidon 4.5.0 keeps a connection's channel to itself, and sets no limit to its own TLS
 * handshake. It shows each channel to its socket options once, right after it was accepted, on the
 * thread that accepts: there it is met. Any thread may call.
 */
final class AcceptedSockets implements SocketOptions {
    private static final Logger LOG = System.getLogger(AcceptedSockets.class.getName());

    private final SocketOptions options;
    private final long longest;
    private final ListeningOptions listening;
    private final SpareDescriptors descriptors;
    private final ConcurrentMap<Ends, Accepted> waiting = new ConcurrentHashMap<>();

    /** The two ends of a connection; no two connections have the same. */
    private record Ends(SocketAddress local, SocketAddress remote) {}

    private record Accepted(SocketChannel channel, long since) {}

    /**
     * @param options what is set on each socket
     * @param patience how long a socket may stay without an arrival
     * @param listening set when the first socket is accepted, as the port is known then
     * @param descriptors waited for before the next socket is accepted
     */
    AcceptedSockets(
            SocketOptions options,
            Duration patience,
            ListeningOptions listening,
            SpareDescriptors descriptors) {
        this.options = options;
        this.listening = listening;
        this.descriptors = descriptors;
        longest = patience.toNanos();
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        try {
            // sockets of other kinds do not tell their clients apart
            if (channel.getLocalAddress() instanceof InetSocketAddress local) {
                waiting.put(
                        new Ends(local, channel.getRemoteAddress()),
                        new Accepted(channel, System.nanoTime()));
                listening.setOnce(local.getPort());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client left before it was met", e);
        }
        descriptors.await();
    }

    /** The channel of a connection whose arrival begins; null where it is not known. */
    @Nullable SocketChannel claim(ConnectionContext context) {
        Accepted known =
                waiting.remove(
                        new Ends(context.localPeer().address(), context.remotePeer().address()));
        return known == null ? null : known.channel();
    }

    /** Closes those that wait for too long. Does not block. */
    void sweep(long now) {
        waiting.forEach((ends, socket) -> {
            boolean tooLong = now - socket.since() > longest;
            if ((tooLong || !socket.channel().isOpen()) && waiting.remove(ends, socket)) {
                close(socket.channel());
            }
        });
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client's socket could not be closed", e);
        }
    }

    @Override
    public void configureSocket(Socket socket) {
        options.configureSocket(socket);
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
