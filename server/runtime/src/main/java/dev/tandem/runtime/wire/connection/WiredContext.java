package dev.tandem.runtime.wire.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Helidon's context of a connection with our reader, writer and peer; the rest stays Helidon's. */
public final class WiredContext implements ConnectionContext {
    private final ConnectionContext context;
    private final PeerConnection connection;
    private final DataReader reader;
    private final DataWriter writer;
    private volatile @Nullable Peer peer;

    /** A context whose requests lead back to the connection. */
    public WiredContext(
            ConnectionContext context,
            PeerConnection connection,
            DataReader reader,
            DataWriter writer) {
        this.context = context;
        this.connection = connection;
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public PeerInfo remotePeer() {
        Peer known = peer;
        if (known == null) {
            known = new Peer(context.remotePeer(), connection);
            peer = known;
        }
        return known;
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }
}
