package dev.tandem.bench.hop;

import dev.tandem.gateway.Main;
import dev.tandem.testtools.Installs;
import dev.tandem.testtools.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The upstream and the gateways before it, each a process. The others are installed below {@code
 * target} in pinned versions.
 */
final class Gateways implements AutoCloseable {
    private static final Path ROOM = Path.of("target", "gateways").toAbsolutePath();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int UPSTREAM_MEMORY = 256;

    private final List<ChildProcess> processes = new ArrayList<>();
    private final Map<Hop, Gateway> gateways = new EnumMap<>(Hop.class);

    /**
     * One that runs.
     *
     * @param process whose CPU time counts: the upstream's own where there is no gateway
     */
    record Gateway(Hop hop, int port, ChildProcess process) {}

    /**
     * Starts them and waits until they listen.
     *
     * @param options of Tandem's virtual machine
     */
    static Gateways start(List<Hop> hops, List<String> options) throws IOException {
        Gateways gateways = new Gateways();
        boolean started = false;
        try {
            gateways.startAll(hops, options);
            started = true;
            return gateways;
        } finally {
            if (!started) {
                gateways.close();
            }
        }
    }

    private void startAll(List<Hop> hops, List<String> options) throws IOException {
        ChildProcess upstream =
                started(
                        ChildProcess.java(
                                List.of(
                                        "-XX:+UseSerialGC",
                                        "-Xmx" + UPSTREAM_MEMORY + "m",
                                        UpstreamMain.class.getName())));
        int port = upstream.printedPort();
        for (Hop hop : hops) {
            gateways.put(
                    hop,
                    switch (hop) {
                        case DIRECT -> new Gateway(hop, port, upstream);
                        case ENVOY -> envoy(port);
                        case TANDEM, TANDEM_GRPC -> tandem(hop, port, options);
                        case FASTAPI -> fastApi(port);
                    });
        }
    }

    private Gateway tandem(Hop hop, int upstream, List<String> options) throws IOException {
        for (Gateway running : gateways.values()) {
            if (running.hop() == Hop.TANDEM) {
                return new Gateway(hop, running.port(), running.process());
            }
        }
        int port = Ports.free();
        Path settings = ROOM.resolve("tandem-" + port + ".yaml");
        Files.writeString(settings, filled("tandem.yaml", port, upstream));
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of(Main.class.getName(), "serve", "--config", settings.toString()));
        return listening(hop, port, ChildProcess.java(command));
    }

    private Gateway envoy(int upstream) throws IOException {
        int port = Ports.free();
        Path settings = ROOM.resolve("envoy-" + port + ".yaml");
        Files.writeString(settings, filled("envoy.yaml", port, upstream));
        Path binary =
                Path.of(
                        Python.output(
                                python(),
                                "import envoy, os; print(os.path.join(os.path.dirname(envoy.__file__), '_bin', 'envoy'))"));
        ChildProcess process =
                ChildProcess.start(
                        List.of(
                                binary.toString(),
                                "-c",
                                settings.toString(),
                                "-l",
                                "error",
                                "--use-dynamic-base-id"),
                        Map.of());
        return listening(Hop.ENVOY, port, process);
    }

    private Gateway fastApi(int upstream) throws IOException {
        int port = Ports.free();
        Path app = resource("fastapi_gateway.py");
        ChildProcess process =
                ChildProcess.start(
                        List.of(
                                python().toString(),
                                "-m",
                                "uvicorn",
                                "--app-dir",
                                app.getParent().toString(),
                                "--port",
                                Integer.toString(port),
                                "--no-access-log",
                                "--log-level",
                                "warning",
                                "fastapi_gateway:app"),
                        Map.of("UPSTREAM", "http://127.0.0.1:" + upstream));
        return listening(Hop.FASTAPI, port, process);
    }

    private static Path python() throws IOException {
        return Installs.pip(resource("gateways.txt"));
    }

    private static String filled(String settings, int port, int upstream) throws IOException {
        return Files.readString(resource(settings))
                .replace("FRONT_PORT", Integer.toString(port))
                .replace("UPSTREAM_PORT", Integer.toString(upstream))
                .replace("MODEL", Prepared.MODEL);
    }

    /** A copy of what stands beside this class. */
    private static Path resource(String name) throws IOException {
        Path copy = Files.createDirectories(ROOM).resolve(name);
        try (InputStream in = Gateways.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing in the bench");
            }
            Files.writeString(copy, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return copy;
    }

    private ChildProcess started(ChildProcess process) {
        processes.add(process);
        return process;
    }

    private Gateway listening(Hop hop, int port, ChildProcess process) throws IOException {
        started(process);
        long end = System.nanoTime() + PATIENCE;
        while (!listens(port)) {
            if (!process.alive() || System.nanoTime() - end >= 0) {
                throw new IOException(
                        hop.title() + " does not listen; -Dbench.log=true shows what it says");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return new Gateway(hop, port, process);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** In the order of {@link Hop}. */
    List<Gateway> all() {
        return List.copyOf(gateways.values());
    }

    @Override
    public void close() throws IOException {
        for (ChildProcess process : processes.reversed()) {
            process.close();
        }
    }
}
