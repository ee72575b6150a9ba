package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A client that resets its connection while the server waits for it to read the last answer. */
class LingerTest {
    @Test
    void aResetLeavesNoConnectionBehind() throws Exception {
        try (LogCapture log = LogCapture.start();
                TestServer server = TestServer.start(routing -> {})) {
            for (int i = 0; i < 20; i++) {
                try (Http1Client client = new Http1Client(server.port())) {
                    client.socket.setSoLinger(true, 0);
                    client.send("GET / HTTP/1.0\r\n\r\n");
                    assertThat(client.read().status()).isEqualTo(505);
                }
            }
            Eventually.until("no connection is open", () -> server.wires.http1Connections() == 0);
            assertThat(log.text()).isEmpty();
        }
    }
}
