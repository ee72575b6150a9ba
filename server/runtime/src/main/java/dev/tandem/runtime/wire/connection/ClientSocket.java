package dev.tandem.runtime.wire.connection;

import io.helidon.common.socket.HelidonSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one client, for those who end a side of it while another thread reads or writes.
 * Any thread may call; nothing blocks and nothing throws: a socket that is closed already is what
 * was wanted.
 *
 * <p>Helidon 4.5.0 lends no such thing: {@link HelidonSocket#close} waits for a TLS write in
 * progress, and closes both sides.
 */
public final class ClientSocket {
    private static final Logger LOG = System.getLogger(ClientSocket.class.getName());

    private final HelidonSocket helidon;
    private final @Nullable SocketChannel channel;

    /**
     * @param channel the socket's own; null where it is not known, then every end is a whole one
     */
    public ClientSocket(HelidonSocket helidon, @Nullable SocketChannel channel) {
        this.helidon = helidon;
        this.channel = channel;
    }

    /** Lets a read in progress, and each one after it, meet the end of the input. */
    public void endInput() {
        if (channel == null) {
            closeApart();
        } else {
            quietly(channel::shutdownInput);
        }
    }

    /**
     * Tells a client without TLS that no more will be sent; it may still send. TLS has an end of
     * its own, which comes with the socket's.
     */
    public void endOutput() {
        if (channel != null && !helidon.isSecure()) {
            quietly(channel::shutdownOutput);
        }
    }

    /** Ends both sides at once, and drops what the client has not taken. */
    public void abort() {
        if (channel == null) {
            closeApart();
            return;
        }
        quietly(() -> channel.setOption(StandardSocketOptions.SO_LINGER, 0));
        quietly(channel::close);
    }

    private void closeApart() {
        Thread.ofVirtual().name("close-socket").start(() -> quietly(helidon::close));
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.TRACE, "the socket was closed already", e);
        }
    }
}
