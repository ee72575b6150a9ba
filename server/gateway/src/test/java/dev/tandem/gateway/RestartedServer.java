package dev.tandem.gateway;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.Server;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway with a scripted model in a process of its own, which ends by SIGTERM. */
final class RestartedServer {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;

    private RestartedServer(Process process) {
        this.process = process;
    }

    /** The process: {@code <port> <milliseconds from SIGTERM to the drain>}. */
    public static void main(String[] args) {
        GatewaySettings settings =
                GatewaySettings.ofLoopback()
                        .with(Listening.onLoopback(Integer.parseInt(args[0])))
                        .with(
                                new Stopping(
                                        Duration.ofSeconds(20),
                                        Duration.ofMillis(Long.parseLong(args[1]))));
        ScriptedEngine engine = new ScriptedEngine(Script.saying("a", "b"));
        ServedModel model = new ServedModel("tiny", engine, "own", Instant.EPOCH);
        Models models = new Models(List.of(model), Map.of());
        Server server = new Gateway(settings, models, (call, took) -> {}).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        OwnProcess.listening();
    }

    /** Starts one and waits until it listens. */
    static RestartedServer start(int port, Duration drainDelay) throws IOException {
        return new RestartedServer(
                OwnProcess.start(
                        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                        RestartedServer.class,
                        String.valueOf(port),
                        String.valueOf(drainDelay.toMillis())));
    }

    /** Ends it in order, by SIGTERM, and waits for its end. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not stop");
        }
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly();
    }
}
