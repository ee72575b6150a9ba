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

/**
 * Helidon's context of a connection with a reader and a writer of ours; the rest stays as it is.
 */
public abstract class WrappedContext implements ConnectionContext {
    private final ConnectionContext context;
    private final DataReader reader;
    private final DataWriter writer;

    /** Wraps it. */
    protected WrappedContext(ConnectionContext context, DataReader reader, DataWriter writer) {
        this.context = context;
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public final DataReader dataReader() {
        return reader;
    }

    @Override
    public final DataWriter dataWriter() {
        return writer;
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
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
    public final String socketId() {
        return context.socketId();
    }

    @Override
    public final String childSocketId() {
        return context.childSocketId();
    }

    @Override
    public final ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public final ExecutorService executor() {
        return context.executor();
    }

    @Override
    public final Router router() {
        return context.router();
    }

    @Override
    public final Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }
}
