package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.ClientSocket;
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

/**
 * The sockets that were accepted and have said nothing yet.
 *
 * <p>Helidon 4.5.0 keeps a connection's channel to itself, and waits without limit for its first
 * bytes, a TLS handshake included. It shows each channel to its socket options once, right after it
 * was accepted: there it is met. Any thread may call.
 */
final class AcceptedSockets implements SocketOptions {
    private static final Logger LOG = System.getLogger(AcceptedSockets.class.getName());

    private final SocketOptions options;
    private final long silenceNanos;
    private final ListeningOptions listening;
    private final ConcurrentMap<Ends, Silent> silent = new ConcurrentHashMap<>();

    /** The two ends of a connection; no two connections have the same. */
    private record Ends(SocketAddress local, SocketAddress remote) {}

    private record Silent(SocketChannel channel, long since) {}

    /**
     * @param options what is set on each socket
     * @param silence how long a socket may say nothing
     * @param listening set when the first socket is accepted, as the port is known then
     */
    AcceptedSockets(SocketOptions options, Duration silence, ListeningOptions listening) {
        this.options = options;
        this.listening = listening;
        silenceNanos = silence.toNanos();
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        try {
            // sockets of other kinds do not tell their clients apart
            if (channel.getLocalAddress() instanceof InetSocketAddress local) {
                silent.put(
                        new Ends(local, channel.getRemoteAddress()),
                        new Silent(channel, System.nanoTime()));
                listening.setOnce(local.getPort());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client left before it was met", e);
        }
    }

    /** The connection has begun to speak. */
    ClientSocket claim(ConnectionContext context) {
        Silent known =
                silent.remove(
                        new Ends(context.localPeer().address(), context.remotePeer().address()));
        return new ClientSocket(context.serverSocket(), known == null ? null : known.channel());
    }

    /** Closes those that have been silent for too long. Does not block. */
    void sweep(long now) {
        silent.forEach((ends, socket) -> {
            boolean tooLong = now - socket.since() > silenceNanos;
            if ((tooLong || !socket.channel().isOpen()) && silent.remove(ends, socket)) {
                close(socket.channel());
            }
        });
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a silent client's socket could not be closed", e);
        }
    }

    /** How many have said nothing yet. */
    int waiting() {
        return silent.size();
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
