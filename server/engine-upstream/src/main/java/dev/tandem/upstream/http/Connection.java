package dev.tandem.upstream.http;

import dev.tandem.upstream.http.UpstreamException.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a server. Used by the thread of one exchange at a time; {@link #abort} by any.
 */
final class Connection {
    private final SocketChannel channel;
    private volatile boolean aborted;
    private @Nullable ConnectionInput in;
    private @Nullable OutputStream out;
    private long idleSince; // by System.nanoTime()
    private boolean reused;

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Not connected yet, so that who waits for it can be told to stop. */
    static Connection unconnected() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        return new Connection(channel);
    }

    /**
     * Connects, and shakes hands where the origin is secure: the certificate must be trusted and be
     * the host's.
     */
    void connect(InetSocketAddress address, Origin origin, SSLSocketFactory tls)
            throws IOException {
        channel.connect(address);
        Socket plain = channel.socket();
        if (!origin.secure()) {
            in = new ConnectionInput(plain, plain.getInputStream());
            out = plain.getOutputStream();
            return;
        }
        SSLSocket secured = (SSLSocket) tls.createSocket(plain, origin.host(), origin.port(), true);
        SSLParameters rules = secured.getSSLParameters();
        rules.setEndpointIdentificationAlgorithm("HTTPS");
        rules.setApplicationProtocols(new String[] {"http/1.1"});
        secured.setSSLParameters(rules);
        secured.startHandshake();
        in = new ConnectionInput(plain, secured.getInputStream());
        out = secured.getOutputStream();
    }

    ConnectionInput in() {
        return connected(in);
    }

    OutputStream out() {
        return connected(out);
    }

    /** Was it used before? Then the server may have given it up without our knowing. */
    boolean reused() {
        return reused;
    }

    /** By {@code System.nanoTime()}. */
    long idleSince() {
        return idleSince;
    }

    /** Begins to wait for its next use. */
    void rest() {
        reused = true;
        idleSince = System.nanoTime();
        in().begin();
    }

    /**
     * Is it still there? Bytes that nobody asked for are as bad as the end of the connection. Does
     * not wait.
     */
    boolean usable() {
        if (in().buffered() > 0) {
            return false;
        }
        try {
            channel.configureBlocking(false);
            boolean silent = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return silent;
        } catch (IOException e) {
            return false; // it is closed, and so of no use
        }
    }

    /** Ends it at once, without a word, whoever reads or writes. */
    void abort() {
        aborted = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    e); // closing a channel frees a descriptor: it cannot fail
        }
    }

    boolean aborted() {
        return aborted;
    }

    private static <T> T connected(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the connection was not made yet");
        }
        return part;
    }

    /** Of a connection that could not be made. */
    static UpstreamException unreachable(Origin origin, String why, IOException cause) {
        return new UpstreamException(Fault.UNREACHABLE, origin + " " + why, cause);
    }
}
