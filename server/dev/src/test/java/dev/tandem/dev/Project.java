package dev.tandem.dev;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small service's folder. It tells a word to whoever connects. */
final class Project {
    private final Path folder;
    private final int port;

    Project(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    DevOptions options() {
        return new DevOptions(
                "a.Main",
                List.of(String.valueOf(port)),
                folder,
                "mvn",
                String.valueOf(Runtime.version().feature()),
                port,
                List.of(folder.resolve("target/classes")));
    }

    /** The main class, which looks for its word when it is asked. */
    Project main(String word, String atTheBegin) throws IOException {
        return write(
                "src/main/java/a/Main.java",
                """
                package a;

                import java.net.InetAddress;
                import java.net.ServerSocket;
                import java.net.Socket;
                import java.util.concurrent.CountDownLatch;

                public class Main {
                    public static void main(String[] words) throws Exception {
                        %s
                        var server = new ServerSocket(Integer.parseInt(words[0]), 9, InetAddress.getLoopbackAddress());
                        for (;;) {
                            Socket socket = server.accept();
                            Thread.startVirtualThread(() -> tell(socket));
                        }
                    }

                    private static void tell(Socket socket) {
                        try (socket) {
                            socket.getInputStream().read();
                            socket.getOutputStream().write(%s.getBytes());
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                }
                """
                        .formatted(atTheBegin, word));
    }

    Project write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    void delete(String file) throws IOException {
        Files.delete(folder.resolve(file));
    }

    boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    /** Asks the service. */
    String ask() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write('\n');
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
