package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardSocketOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that leave before they have said what they want: nobody's fault, and no line in the log.
 */
class LeavingClientsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PRI * HTTP/2.0\r\n\r\nSM",
                "\r\n",
                "GET",
                "GET /hi HTTP/1.1",
                "GET /hi HTTP/1.1\r",
                "GET /hi HTTP/1.1\r\n",
                "GET /hi HTTP/1.1\r\nHost: x",
                "GET /hi HTTP/1.1\r\nHost: x\r\n\r",
                "POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc",
                "POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5",
                "POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
                "POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: ",
                "NO HTTP\r\n\r\n"
            })
    void leaveNothingBehind(String bytes) throws Exception {
        try (LogCapture log = LogCapture.start()) {
            try (TestServer server =
                    TestServer.start(routing ->
                            routing.post(
                                    "/count",
                                    (request, response) ->
                                            response.send(request.content().as(byte[].class))))) {
                for (int linger : new int[] {-1, 0}) {
                    try (Http1Client client = new Http1Client(server.port())) {
                        client.socket.setOption(StandardSocketOptions.SO_LINGER, linger);
                        client.send(bytes);
                    }
                }
                try (Http1Client client = new Http1Client(server.port())) {
                    client.send(Http1Client.get("/nothing"));
                    assertThat(client.read().status()).isEqualTo(404);
                }
                Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
            }
            assertThat(log.text()).isEmpty();
        }
    }
}
