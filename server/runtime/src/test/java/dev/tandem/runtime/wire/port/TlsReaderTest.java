package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Clients behind TLS that do not read, or do something else meanwhile. */
class TlsReaderTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int PIECE = 1000;
    private static final int PIECES = 20_000;
    private static final int SMALL = 16 * 1024;

    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    private void routes(HttpRouting.Builder routing) {
        routing.get("/much", this::much)
                .get("/wait", this::await)
                .get("/hi", (request, response) -> response.send("hi"));
    }

    private void much(ServerRequest request, ServerResponse response) throws IOException {
        try (OutputStream out = response.outputStream()) {
            for (int i = 0; i < PIECES; i++) {
                out.write(new byte[PIECE]);
                out.flush();
                sent.addAndGet(PIECE);
            }
        }
    }

    private void await(ServerRequest request, ServerResponse response) throws InterruptedException {
        try (Registration gone = Peer.onGone(request, left::countDown)) {
            assertThat(gone).isNotNull();
            begun.countDown();
            left.await(20, TimeUnit.SECONDS);
        }
        throw new CloseConnectionException("the client left");
    }

    private void awaitStill() {
        long[] last = {-1, 0};
        Eventually.until(
                "the server waits for its client",
                () -> {
                    long now = sent.get();
                    last[1] = now == last[0] && now > 0 ? last[1] + 1 : 0;
                    last[0] = now;
                    return last[1] > 100;
                });
    }

    private static void ask(SSLSocket socket, String path) throws IOException {
        socket.getOutputStream().write(Http1Client.get(path).getBytes(StandardCharsets.US_ASCII));
    }

    private static void askLast(SSLSocket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(
                        ("GET "
                                        + path
                                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aStalledReaderOverHttp2HoldsLessThanAMebibyteAndLosesItsStream() throws Exception {
        WireSettings impatient =
                WireSettings.defaults()
                        .with(new WireSettings.Sending(128 * 1024, Duration.ofMillis(800)));
        Http2Client.Behaviour greedy = new Http2Client.Behaviour();
        greedy.initialWindow = Integer.MAX_VALUE;
        greedy.moreConnectionWindow = Integer.MAX_VALUE - 65_535;
        greedy.givesStreamWindow = false;
        greedy.givesConnectionWindow = false;
        try (TestServer server =
                        TestServer.startTls(impatient, this::routes).owned(Handlers.flood(PIECE));
                Http2Client client =
                        Http2Client.open(TlsClients.connect(server.port(), "h2", SMALL), greedy)) {
            client.keepsBodies = false;
            client.roundTrip();
            greedy.reads = false;
            client.headers(1, "POST", "/owned", true);
            client.get(3, "/much");
            Eventually.until("they begin", () -> server.wires.inFlight() == 2);
            Eventually.until(
                    "they end",
                    () -> {
                        assertThat(server.wires.heldBytes()).isLessThan(MEBIBYTE);
                        return server.wires.inFlight() == 0;
                    });
            assertThat(sent.get()).isLessThan(MEBIBYTE);
        }
    }

    @Test
    void aChangeOfKeysPassesAWriteThatWaits() throws Exception {
        try (TestServer server = TestServer.startTls(this::routes);
                SSLSocket socket = TlsClients.connect(server.port(), "http/1.1", SMALL)) {
            askLast(socket, "/much");
            awaitStill();

            socket.startHandshake(); // with TLS 1.3: new keys, and the server is asked for new ones

            socket.setReceiveBufferSize(MEBIBYTE);
            assertThat(socket.getInputStream().readAllBytes().length).isGreaterThan(PIECE * PIECES);
            assertThat(sent.get()).isEqualTo(PIECE * PIECES);
        }
    }

    @Test
    void changesOfKeysWithoutEndEndTheConnection() throws Exception {
        try (TestServer server = TestServer.startTls(this::routes);
                SSLSocket socket = TlsClients.connect(server.port(), "http/1.1")) {
            ask(socket, "/hi");
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            Eventually.until(
                    "the server ends it",
                    () -> {
                        try {
                            socket.startHandshake();
                            return server.wires.http1Connections() == 0;
                        } catch (IOException e) {
                            return true;
                        }
                    });
        }
    }

    @Test
    void aClientThatSaysItsLastWordHasLeft() throws Exception {
        try (TestServer server = TestServer.startTls(this::routes);
                SSLSocket socket = TlsClients.connect(server.port(), "http/1.1")) {
            ask(socket, "/wait");
            begun.await();

            socket.shutdownOutput();

            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
