package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.connection.WireSettings.Tcp;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients whose network goes away without a word. They live in a network namespace of their own,
 * which needs root and Linux's {@code ip}; elsewhere these tests are skipped.
 */
class DeadClientsTest {
    private static final String SPACE = "tandem-dead-" + ProcessHandle.current().pid() % 1000;
    private static final String HERE = "tdh" + ProcessHandle.current().pid() % 100_000;
    private static final String THERE = "tdt" + ProcessHandle.current().pid() % 100_000;
    private static final Duration MOMENT = Duration.ofMillis(1500);
    private static final String ADDRESS = "10.213.7.1";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);

    @BeforeEach
    void connectNamespace() throws Exception {
        assumeTrue(run("ip", "netns", "add", SPACE), "no network namespaces: not root, or no ip");
        assumeTrue(
                run("ip", "link", "add", HERE, "type", "veth", "peer", "name", THERE),
                "no virtual network devices");
        run("ip", "link", "set", THERE, "netns", SPACE);
        run("ip", "addr", "add", ADDRESS + "/30", "dev", HERE);
        run("ip", "link", "set", HERE, "up");
        run("ip", "-n", SPACE, "addr", "add", "10.213.7.2/30", "dev", THERE);
        run("ip", "-n", SPACE, "link", "set", THERE, "up");
    }

    @AfterEach
    void removeNamespace() throws Exception {
        run("ip", "link", "del", HERE);
        run("ip", "netns", "del", SPACE);
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void routes(HttpRouting.Builder routing) {
        routing.get("/quiet", (request, response) -> hold(request, response, false))
                .get("/busy", (request, response) -> hold(request, response, true));
    }

    /** Answers, with an event now and then or without, until the client is found dead. */
    private void hold(ServerRequest request, ServerResponse response, boolean busy)
            throws IOException, InterruptedException {
        byte[] event = "data: 1\n\n".getBytes(StandardCharsets.UTF_8);
        try (Registration left = Peer.onGone(request, gone::countDown);
                OutputStream out = response.outputStream()) {
            assertThat(left).isNotNull();
            out.write(event);
            out.flush();
            begun.countDown();
            while (!gone.await(200, TimeUnit.MILLISECONDS)) {
                if (busy) {
                    out.write(event);
                    out.flush();
                }
            }
        }
    }

    private TestServer server() {
        Tcp tcp = new Tcp(Duration.ofSeconds(1), Duration.ofSeconds(1), 2, MOMENT);
        return TestServer.startEverywhere(
                WireSettings.defaults().with(tcp).with(new WireSettings.Sending(131_072, MOMENT)),
                this::routes);
    }

    private void dies(String path) throws Exception {
        try (TestServer server = server()) {
            String script =
                    "exec 3<>/dev/tcp/%s/%d; printf 'GET %s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' >&3; cat <&3"
                            .formatted(ADDRESS, server.port(), path);
            Process client =
                    new ProcessBuilder(List.of("ip", "netns", "exec", SPACE, "bash", "-c", script))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
                run("ip", "-n", SPACE, "link", "set", THERE, "down");
                assertThat(gone.await(15, TimeUnit.SECONDS)).isTrue();
                Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
            } finally {
                client.destroyForcibly();
            }
        }
    }

    @Test
    void areFoundByProbesWhileNothingIsSent() throws Exception {
        dies("/quiet");
    }

    @Test
    void areFoundByWhatTheyDoNotAcknowledge() throws Exception {
        dies("/busy");
    }
}
