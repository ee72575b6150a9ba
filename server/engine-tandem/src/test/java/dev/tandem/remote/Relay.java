package dev.tandem.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to a server, which can be cut as a server that dies cuts it. */
final class Relay implements AutoCloseable {
    private final int to;
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile ServerSocket listening;

    Relay(int to) {
        this.to = to;
        listening = listen(0);
        port = listening.getLocalPort();
        accept();
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** How many connections came. */
    int accepted() {
        return accepted.get();
    }

    private void accept() {
        ServerSocket own = listening;
        Thread.ofVirtual()
                .start(() -> {
                    while (!own.isClosed()) {
                        try {
                            Socket near = own.accept();
                            accepted.incrementAndGet();
                            Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                            open.add(near);
                            open.add(far);
                            Thread.ofVirtual().start(() -> copy(near, far));
                            Thread.ofVirtual().start(() -> copy(far, near));
                        } catch (IOException e) {
                            quietly(own); // cut
                        }
                    }
                });
    }

    private static void copy(Socket from, Socket into) {
        try (from;
                into) {
            from.getInputStream().transferTo(into.getOutputStream());
        } catch (IOException e) {
            quietly(into); // cut
        }
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Nobody is there any more. */
    void cut() {
        quietly(listening);
        open.forEach(Relay::quietly);
        open.clear();
    }

    /** Somebody is there again. */
    void mend() {
        listening = listen(port);
        accept();
    }

    @Override
    public void close() {
        cut();
    }
}
