package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** HTTP/2 and HTTP/1.1, chosen by ALPN. */
class TlsTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    private void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .get(
                        "/wait",
                        (request, response) -> {
                            try (Registration gone = Peer.onGone(request, left::countDown)) {
                                assertThat(gone).isNotNull();
                                begun.countDown();
                                left.await(20, TimeUnit.SECONDS);
                            }
                            throw new CloseConnectionException("the client left");
                        });
    }

    @Test
    void bothProtocolsWorkOverTls() throws Exception {
        try (TestServer server = TestServer.startTls(this::routes).owned(Handlers.ECHO)) {
            try (Http2Client client =
                    Http2Client.open(
                            TlsClients.connect(server.port(), "h2"), new Http2Client.Behaviour())) {
                client.headers(1, "POST", "/owned", false);
                client.data(1, new byte[40_000 % 16_384], true);
                client.get(3, "/hi");
                client.awaitEnd(1, 3);
                assertThat(client.received(1)).isEqualTo(40_000 % 16_384);
                assertThat(client.body(3)).isEqualTo("hi");
            }
            SSLSocket plain = TlsClients.connect(server.port(), "http/1.1");
            plain.getOutputStream()
                    .write(
                            Http1Client.get("/wait")
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            begun.await();
            plain.close();
            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        }
    }
}
