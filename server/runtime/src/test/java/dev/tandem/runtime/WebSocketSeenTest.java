package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.observe.ObserveSettings;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What log and metrics tell of WebSockets. */
class WebSocketSeenTest {
    private static final String TALK = "/v1/rooms/blue/talk";

    private final Talk talk = new Talk();
    private AccessLines lines;
    private Server server;

    @BeforeEach
    void start() {
        lines = new AccessLines();
        server =
                Server.builder()
                        .service(talk.service())
                        .observe(Observability.of(ObserveSettings.defaults().withMetrics(true)))
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
        lines.close();
    }

    private SocketClient open(String id) {
        return SocketClient.open(
                server.port(), TALK, builder -> builder.header("x-request-id", id));
    }

    @Test
    void aCallHasALine() {
        try (SocketClient client = open("complete").send("{\"text\":\"a\"}").end()) {
            client.next();
            client.next();
            assertThat(client.next()).isEqualTo("close 1000");
        }

        assertThat(lines.await("request_id=complete"))
                .startsWith(
                        "call=tandem.test.v1.TalkService/Talk wire=WEBSOCKET verb=GET path="
                                + TALK
                                + " status=101 code=OK ")
                .contains(" ended=complete ")
                .contains(" messages=2");
        String metrics =
                RawAnswer.to(
                                RawAnswer.Version.HTTP_1_1,
                                server.port(),
                                "GET",
                                "/metrics",
                                new byte[0])
                        .text();
        assertThat(metrics)
                .contains(
                        "tandem_messages_sent_total{method=\"Talk\",service=\"tandem.test.v1.TalkService\",wire=\"websocket\"} 2.0");
    }

    @Test
    void aClientThatLeavesIsNamed() throws InterruptedException {
        try (SocketClient client = open("left").send("{\"script\":\"wait\"}")) {
            assertThat(talk.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            client.leave();
        }

        assertThat(lines.await("request_id=left"))
                .contains(" code=CANCELLED/cancelled ")
                .contains(" ended=client_left");
    }

    @Test
    void badFramesAreNamed() {
        try (RawWebSocket client = new RawWebSocket(server.port())) {
            client.send(RawWebSocket.request(TALK) + "x-request-id: bad\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            client.send("\u0083\u0080MASK");
            assertThat(client.awaitClose().code()).isEqualTo(1002);
        }

        assertThat(lines.await("request_id=bad")).contains(" code=INVALID_REQUEST/protocol_error ");
    }

    @Test
    void aRefusalIsNamed() {
        try (RawWebSocket client = new RawWebSocket(server.port())) {
            client.send(
                    RawWebSocket.request(TALK)
                            + "Origin: https://evil.example\r\nx-request-id: no\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 403 ");
        }

        assertThat(lines.await("request_id=no"))
                .contains("wire=WEBSOCKET ")
                .contains(" status=403 code=PERMISSION_DENIED/origin_not_allowed ")
                .contains(" ended=refused");
    }
}
