package dev.tandem.dev;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The service in a process of its own, which writes where this one writes. */
final class ServiceProcess {
    /** How long its running calls may take to end. */
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000;
    private static final int CONNECT_MILLIS = 200;

    /** Begins fast; what a service computes for long is slower than in production. */
    private static final List<String> FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    private final Process process;
    private final int port;

    private ServiceProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ServiceProcess start(DevOptions options) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(FLAGS);
        words.add("-cp");
        words.add(
                String.join(
                        File.pathSeparator,
                        options.classPath().stream().map(Path::toString).toList()));
        words.add(options.main());
        words.addAll(options.arguments());
        Process process =
                new ProcessBuilder(words)
                        .directory(options.folder().toFile())
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process.getOutputStream().close();
        return new ServiceProcess(process, options.port());
    }

    /** Waits until it takes connections; false where it ended before, or took too long. */
    boolean awaitListening() {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < limit) {
            if (listens(port)) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        return false;
    }

    /** Does anybody take connections on this port of 127.0.0.1? */
    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false; // nobody yet
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    int exit() {
        return process.exitValue();
    }

    /** Has it end its calls, and itself; kills it where that takes too long. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(DRAIN)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
