package dev.tandem.bedrock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that says to each request what a test tells it, byte by byte. */
final class BedrockServer implements AutoCloseable {
    /** What is said to a request; the connection is closed behind. */
    @FunctionalInterface
    interface Talk {
        /** Writes. What it throws ends the connection. */
        void with(Peer peer) throws IOException;
    }

    private final ServerSocket listening;
    private final Talk talk;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final List<Peer.Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);

    private BedrockServer(ServerSocket listening, Talk talk) {
        this.listening = listening;
        this.talk = talk;
    }

    static BedrockServer saying(Talk talk) {
        try {
            ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            BedrockServer server = new BedrockServer(listening, talk);
            Thread.ofVirtual().name("bedrock-server").start(server::accept);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                open.add(socket);
                Thread.ofVirtual().name("bedrock-peer").start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Peer peer = new Peer(socket);
            peers.add(peer);
            try {
                requests.add(peer.request());
                asked.countDown();
                talk.with(peer);
            } finally {
                peer.left();
            }
        } catch (IOException e) {
            // the client left
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** The requests so far. */
    List<Peer.Request> requests() {
        return requests;
    }

    void awaitAsked() {
        try {
            if (!asked.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody asked");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the first client has left; the moment by {@code System.nanoTime()}. */
    long awaitGone() {
        return peers.getFirst().awaitGone();
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
