package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.tls.TestKeys;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSockets over TLS, whose ends are not those of plain sockets. */
@Timeout(60)
class WebSocketTlsEndsTest {
    private static final TestKeys KEYS = TestKeys.made();
    private static final String TALK = "/v1/rooms/blue/talk";
    private static final int LIMIT = 100_000;
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private static Talk talk;
    private static Server server;

    @BeforeAll
    static void start() {
        talk = new Talk();
        server =
                Server.builder()
                        .service(talk.service())
                        .tls(KEYS.server())
                        .maxRequestBytes(LIMIT)
                        .drainLimit(Duration.ZERO)
                        .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawWebSocket open() throws Exception {
        RawWebSocket socket = RawWebSocket.overTls(server.port(), KEYS.client(null));
        socket.upgrade(TALK);
        return socket;
    }

    @Test
    void aTalkEndsAsItDoesWithout() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.text("{\"text\":\"a\"}");
            socket.text("");

            assertThat(socket.next().text()).contains("\"text\":\"a\"");
            assertThat(socket.next().text()).contains("bye");
            assertThat(socket.next().code()).isEqualTo(1000);
            socket.send(
                    RawWebSocket.frame(
                            RawWebSocket.LAST | RawWebSocket.CLOSE,
                            RawWebSocket.closing(1000, "")));
            socket.awaitEnd();
        }
    }

    /** A server that ended now would make the client's writes fail, and with them its reads. */
    @Test
    void aClientThatSendsTooMuchIsToldAndMayGoOnForAMoment() throws Exception {
        byte[] message =
                RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.TEXT, new byte[1 << 20]);
        try (RawWebSocket socket = open()) {
            socket.send(Arrays.copyOf(message, 32 << 10));

            assertThat(socket.next().text()).contains("request_too_large");
            assertThat(socket.next().code()).isEqualTo(1009);
            long told = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                socket.send(new byte[100]);
            }
            socket.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isGreaterThan(A_MOMENT);
        }
    }
}
