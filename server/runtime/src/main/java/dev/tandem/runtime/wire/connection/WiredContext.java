package dev.tandem.runtime.wire.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import org.jspecify.annotations.Nullable;

/** Helidon's context of a connection with our reader, writer and peer. */
public final class WiredContext extends WrappedContext {
    private final PeerConnection connection;
    private volatile @Nullable Peer peer;

    /** A context whose requests lead back to the connection. */
    public WiredContext(
            ConnectionContext context,
            PeerConnection connection,
            DataReader reader,
            DataWriter writer) {
        super(context, reader, writer);
        this.connection = connection;
    }

    @Override
    public PeerInfo remotePeer() {
        Peer known = peer;
        if (known == null) {
            known = new Peer(super.remotePeer(), connection);
            peer = known;
        }
        return known;
    }
}
