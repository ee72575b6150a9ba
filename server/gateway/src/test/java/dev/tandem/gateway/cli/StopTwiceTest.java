package dev.tandem.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.GatewaySettings;
import dev.tandem.gateway.OwnProcess;
import dev.tandem.gateway.Stopping;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.Server;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server that is told to stop, and then told again while a request runs. */
@DisabledOnOs(OS.WINDOWS)
class StopTwiceTest {
    private static final String BODY =
            "{\"model\":\"tiny\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** The process: drains for an hour. */
    public static void main(String[] args) {
        GatewaySettings settings =
                GatewaySettings.ofLoopback().with(Stopping.within(Duration.ofHours(1)));
        ScriptedEngine engine = new ScriptedEngine(Script.saying("a").pause(new Gate()));
        ServedModel model = new ServedModel("tiny", engine, "own", Instant.EPOCH);
        Server server =
                new Gateway(settings, new Models(List.of(model), Map.of()), (call, took) -> {})
                        .start();
        Thread hook = new Thread(server::close, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        PrintWriter out = OwnProcess.listening();
        StopSignals.listen(hook, () -> out.println("again"));
        out.println(server.port());
    }

    @Test
    void endsTheRequestAndTheProcessAtOnceAndSaysSo() throws Exception {
        Process process =
                OwnProcess.start(
                        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"), StopTwiceTest.class);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        int port = Integer.parseInt(lines.readLine());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request());
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readNBytes(15), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");

            process.toHandle().destroy(); // destroy() of a process closes its streams too
            awaitClosed(port);
            assertThat(process.isAlive()).isTrue();
            process.toHandle().destroy();

            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"server_stopping\"");
            assertThat(lines.readLine()).isEqualTo("again");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] request() {
        return ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: "
                        + BODY.length()
                        + "\r\n\r\n"
                        + BODY)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Waits until the server takes no connection any more: it drains. */
    private static void awaitClosed(int port) throws IOException {
        long limit = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < limit) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
            } catch (ConnectException e) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("the port is still open");
    }
}
