package dev.tandem.testtools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that says to each connection what a test tells it, byte by byte. */
public final class RawServer implements AutoCloseable {
    /** What is done with one connection; it is closed behind. */
    @FunctionalInterface
    public interface Talk {
        /** Reads and writes. What it throws ends the connection. */
        void with(Peer peer) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final Talk talk;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Peer> peers = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket listening, Talk talk) {
        this.listening = listening;
        this.talk = talk;
    }

    /** Listens on a free port of this machine. */
    public static RawServer start(Talk talk) {
        try {
            return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), talk);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes over a socket that listens. */
    public static RawServer start(ServerSocket listening, Talk talk) {
        RawServer server = new RawServer(listening, talk);
        Thread.ofVirtual().name("raw-server").start(server::accept);
        return server;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                open.add(socket);
                Peer peer = new Peer(socket);
                peers.add(peer);
                Thread.ofVirtual().name("raw-peer").start(() -> serve(peer, socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Peer peer, Socket socket) {
        try (socket) {
            talk.with(peer);
        } catch (IOException | InterruptedException e) {
            peer.failed(e);
        }
    }

    /** Where the API's paths begin. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
    }

    /** Where it listens. */
    public int port() {
        return listening.getLocalPort();
    }

    /** The connections so far. */
    public List<Peer> peers() {
        return peers;
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
