package dev.tandem.runtime.wire.tls;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import java.io.UncheckedIOException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a socket of Helidon's, which stays whoever's it is: this one is ended with {@link
 * #finish()}.
 *
 * <p>Helidon 4.5.0 has TLS sockets of its own. They look the client's address up in the DNS before
 * a word is read, let it take any time over its handshake, choose the protocol before ALPN has, and
 * stop reading while a write waits. To be deleted when they do none of that.
 */
public final class TlsSocket implements HelidonSocket {
    /**
     * Records without content that may follow each other; each makes work, and none is needed but
     * for a change of keys.
     */
    private static final int MOST_EMPTY_RECORDS = 64;

    private final HelidonSocket socket;
    private final SSLEngine engine;
    private final RecordReader reader;
    private final RecordWriter writer;
    private PeerInfo peer;
    private boolean established;
    private volatile boolean ended;

    TlsSocket(HelidonSocket socket, SSLEngine engine, byte[] first, PacketBuffers buffers) {
        this.socket = socket;
        this.engine = engine;
        peer = socket.remotePeer();
        reader = new RecordReader(socket, engine, first);
        writer = new RecordWriter(socket, engine, buffers);
    }

    /**
     * Agrees with the client on everything. It gets the alert that says why not where that fails.
     *
     * @throws SSLException where the two cannot agree or the client leaves
     */
    void handshake() throws SSLException {
        engine.beginHandshake();
        while (!established) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> writer.flush();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (reader.next() == null) {
                        throw new SSLException("the client left during the handshake");
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> established = true;
            }
        }
        peer = TlsPeer.of(socket.remotePeer(), engine.getSession());
    }

    /** The protocol that ALPN chose; empty where the client does not use ALPN. */
    public String applicationProtocol() {
        String protocol = engine.getApplicationProtocol();
        return protocol == null ? "" : protocol;
    }

    @Override
    public byte @Nullable [] get() {
        try {
            for (int empty = 0; !ended && empty < MOST_EMPTY_RECORDS; empty++) {
                RecordReader.Arrived arrived = reader.next();
                if (arrived == null) {
                    ended = true;
                    return null;
                }
                react(arrived.next());
                if (arrived.plain().length > 0) {
                    return arrived.plain();
                }
            }
            if (ended) {
                return null;
            }
            throw new SSLException("too many records without content");
        } catch (SSLException e) {
            ended = true;
            throw new UncheckedIOException(e);
        }
    }

    /** After the handshake only a change of keys is left to agree on. */
    private void react(HandshakeStatus next) throws SSLException {
        switch (next) {
            case NEED_WRAP -> writer.flushUnlessBusy();
            case NEED_TASK, NEED_UNWRAP, NEED_UNWRAP_AGAIN ->
                    throw new SSLException("the client wants to renegotiate, which is refused");
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }

    @Override
    public void write(BufferData buffer) {
        try {
            writer.write(buffer);
        } catch (SSLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Says goodbye: close_notify, or the alert that tells why the handshake failed. Not where
     * another thread is stuck in a write.
     */
    public void finish() {
        try {
            engine.closeOutbound();
            writer.flushUnlessBusy();
        } catch (SSLException | UncheckedIOException e) {
            ended = true; // the client is gone, which is no news here
        }
    }

    @Override
    public void close() {
        finish();
        socket.close();
    }

    @Override
    public PeerInfo remotePeer() {
        return peer;
    }

    @Override
    public PeerInfo localPeer() {
        return socket.localPeer();
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String socketId() {
        return socket.socketId();
    }

    @Override
    public String childSocketId() {
        return socket.childSocketId();
    }

    @Override
    public void idle() {
        socket.idle();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    @SuppressWarnings("removal") // abstract still
    public int read(BufferData buffer) {
        byte[] bytes = get();
        if (bytes == null) {
            return -1;
        }
        buffer.write(bytes);
        return bytes.length;
    }
}
