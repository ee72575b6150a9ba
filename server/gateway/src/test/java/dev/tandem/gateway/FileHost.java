package dev.tandem.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives one file at every path; at {@code /stalled.gguf} its begin only, and {@code /away.gguf}
 * leads to another name of this machine.
 */
final class FileHost implements AutoCloseable {
    private final byte[] file;
    private final ServerSocket listening;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch left = new CountDownLatch(1);

    FileHost(byte[] file) {
        this.file = file;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().name("file-host").start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    String address(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** The paths, in order. */
    List<String> asked() {
        return asked;
    }

    /** Waits until the reader of the stalled file has left. */
    boolean awaitLeft() throws InterruptedException {
        return left.await(20, TimeUnit.SECONDS);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofVirtual().name("file-peer").start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String path = in.readLine().split(" ", -1)[1];
            asked.add(path);
            while (!in.readLine().isEmpty()) {
                // headers do not matter
            }
            answer(path, in, socket.getOutputStream());
        } catch (IOException e) {
            left.countDown();
        }
    }

    private void answer(String path, BufferedReader in, OutputStream out) throws IOException {
        if (path.equals("/away.gguf")) {
            say(
                    out,
                    "HTTP/1.1 302 Found\r\nlocation: http://localhost:"
                            + port()
                            + "/m.gguf\r\ncontent-length: 0\r\n\r\n");
            return;
        }
        say(out, "HTTP/1.1 200 OK\r\ncontent-length: " + file.length + "\r\n\r\n");
        if (path.equals("/stalled.gguf")) {
            out.write(file, 0, file.length / 2);
            out.flush();
            boolean over = in.read() < 0;
            if (over) {
                left.countDown();
            }
            return;
        }
        out.write(file);
        out.flush();
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
