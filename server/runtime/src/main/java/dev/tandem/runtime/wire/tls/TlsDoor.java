package dev.tandem.runtime.wire.tls;

import dev.tandem.runtime.tls.LiveTls;
import io.helidon.common.socket.HelidonSocket;
import java.util.List;
import javax.net.ssl.SSLException;

/** The TLS of a port: a socket for each of its connections. */
public final class TlsDoor implements AutoCloseable {
    private final LiveTls files;
    private final PacketBuffers buffers = new PacketBuffers();

    /**
     * @param files what is in force; closed with this
     */
    public TlsDoor(LiveTls files) {
        this.files = files;
    }

    /**
     * Does the handshake. Whoever runs it sees to it that it does not last for ever: an interrupt
     * ends it.
     *
     * @param first what was read from the socket already
     * @param applicationProtocols what the port speaks, the best first
     * @throws SSLException where it fails; the client has been told why
     */
    public TlsSocket enter(HelidonSocket socket, byte[] first, List<String> applicationProtocols)
            throws SSLException {
        TlsSocket tls = new TlsSocket(socket, files.engine(applicationProtocols), first, buffers);
        boolean agreed = false;
        try {
            tls.handshake();
            agreed = true;
            return tls;
        } finally {
            if (!agreed) {
                tls.finish();
            }
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
