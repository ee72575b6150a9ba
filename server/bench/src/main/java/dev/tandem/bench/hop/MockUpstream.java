package dev.tandem.bench.hop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An upstream that costs as little as can be: one thread, answers made before. Each event is a
 * write of its own, as servers send what they have; streams with a pace get each token by itself,
 * at its time, and begin at moments spread over their period.
 */
final class MockUpstream implements Runnable {
    private static final int BACKLOG = 4096;

    /** Shorter waits are not left to the selector, which counts in milliseconds. */
    private static final long FINE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Selector selector;
    private final ServerSocketChannel server;
    private final Queue<MockStream> paced = new PriorityQueue<>();

    private MockUpstream(Selector selector, ServerSocketChannel server) {
        this.selector = selector;
        this.server = server;
    }

    /** Listens on a free port of the loopback. */
    static MockUpstream open() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        Selector selector = Selector.open();
        server.register(selector, SelectionKey.OP_ACCEPT);
        return new MockUpstream(selector, server);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /** Answers for ever. */
    @Override
    public void run() {
        try {
            while (true) {
                long wait = untilNext();
                if (wait >= FINE_NANOS) {
                    selector.select(this::handle, wait / FINE_NANOS);
                } else {
                    selector.selectNow(this::handle);
                    LockSupport.parkNanos(untilNext());
                }
                sendDue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long untilNext() {
        MockStream next = paced.peek();
        return next == null ? TimeUnit.SECONDS.toNanos(1) : next.due() - System.nanoTime();
    }

    private void sendDue() {
        for (MockStream next = paced.peek();
                next != null && next.due() <= System.nanoTime();
                next = paced.peek()) {
            paced.remove();
            if (next.sendOne()) {
                paced.add(next);
            }
        }
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.attachment() instanceof MockConnection connection) {
                connection.ready(paced);
            }
        } catch (IOException e) {
            key.cancel(); // the gateway gave the connection up
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new MockConnection(channel, key));
        }
    }
}
