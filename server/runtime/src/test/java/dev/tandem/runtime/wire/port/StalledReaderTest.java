package dev.tandem.runtime.wire.port;

import static dev.tandem.runtime.wire.port.Http1Client.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.connection.WireSettings.Sending;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** A client of HTTP/1.1 that asks for much and reads nothing. */
class StalledReaderTest {
    private static final int EVENT = 1000;

    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private void routes(HttpRouting.Builder routing) {
        routing.get("/flood", this::flood).get("/hi", (request, response) -> response.send("hi"));
    }

    private void flood(ServerRequest request, ServerResponse response) throws IOException {
        byte[] event = new byte[EVENT];
        try (Registration left = Peer.onGone(request, gone::countDown);
                OutputStream out = response.outputStream()) {
            assertThat(left).isNotNull();
            while (true) {
                out.write(event);
                out.flush();
                sent.addAndGet(EVENT);
            }
        } finally {
            ended.countDown();
        }
    }

    private static WireSettings impatient() {
        return WireSettings.defaults().with(new Sending(128 * 1024, Duration.ofMillis(500)));
    }

    private void awaitEnd(TestServer server) {
        Eventually.until("the call learns that its client is lost", () -> gone.getCount() == 0);
        Eventually.until("the handler ends", () -> ended.getCount() == 0);
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    @Test
    void losesItsCallAndItsConnection() throws Exception {
        try (TestServer server = TestServer.start(impatient(), this::routes);
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.getOutputStream().write(get("/flood").getBytes(StandardCharsets.US_ASCII));
            awaitEnd(server);
            assertThat(sent.get()).as("bytes that the server let go").isLessThan(1 << 20);
        }
    }

    @Test
    void losesThemOverTlsToo() throws Exception {
        try (TestServer server = TestServer.startTls(impatient(), this::routes);
                SSLSocket socket = TlsClients.connect(server.port(), "http/1.1", 16 * 1024)) {
            socket.getOutputStream().write(get("/flood").getBytes(StandardCharsets.US_ASCII));
            awaitEnd(server);
            assertThat(sent.get()).as("bytes that the server let go").isLessThan(1 << 20);
        }
    }

    @Test
    void aSlowReaderKeepsThem() throws Exception {
        try (TestServer server = TestServer.start(impatient(), this::routes);
                Http1Client client = new Http1Client(server.port())) {
            client.send(get("/flood"));
            long from = System.nanoTime();
            byte[] some = new byte[64 * 1024];
            Eventually.until(
                    "three times the limit has passed",
                    () -> {
                        read(client, some);
                        Eventually.within(Duration.ofMillis(50), () -> false);
                        return System.nanoTime() - from > 3 * 500_000_000L;
                    });
            assertThat(ended.getCount()).isEqualTo(1);
        }
        awaitEndOf();
    }

    private void awaitEndOf() {
        Eventually.until("the handler ends", () -> ended.getCount() == 0);
    }

    private static void read(Http1Client client, byte[] some) {
        try {
            assertThat(client.socket.getInputStream().read(some)).isPositive();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
