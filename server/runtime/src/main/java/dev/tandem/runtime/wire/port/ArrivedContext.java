package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.WrappedContext;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;

/** Helidon's context of a connection whose first bytes have been read. */
final class ArrivedContext extends WrappedContext {
    private final HelidonSocket socket;

    /**
     * @param socket encrypted or not; what was read from it already is in the reader
     */
    ArrivedContext(
            ConnectionContext context, HelidonSocket socket, DataReader reader, DataWriter writer) {
        super(context, reader, writer);
        this.socket = socket;
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket;
    }

    @Override
    public PeerInfo remotePeer() {
        return socket.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return socket.localPeer();
    }

    @Override
    public boolean isSecure() {
        return socket.isSecure();
    }
}
