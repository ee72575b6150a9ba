package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.testtools.Ports;
import dev.tandem.testtools.Proxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSockets behind nginx and HAProxy, configured as docs/proxies.md says. */
class WebSocketProxyTest {
    private static final long PATIENCE = 20;
    private static final String TALK = "/v1/rooms/blue/talk";

    /** How long a proxy waits for a sign of life, where a test waits for longer. */
    private static final Duration PROXY_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    @TempDir private Path folder;
    private final Talk talk = new Talk();
    private final Server server =
            Server.builder()
                    .service(talk.service())
                    .heartbeat(HEARTBEAT)
                    .drainLimit(Duration.ZERO)
                    .start();
    private @Nullable Proxy proxy;

    /** What stands in front. */
    enum Front {
        NGINX {
            @Override
            Proxy start(Path folder, int server, int port, long seconds) throws IOException {
                int grpc = Ports.free();
                return Proxy.nginx(
                        folder,
                        Map.of(
                                "127.0.0.1:8080", "127.0.0.1:" + server,
                                "listen 8081", "listen 127.0.0.1:" + grpc,
                                "listen 8082", "listen 127.0.0.1:" + port,
                                "60s", seconds + "s"),
                        port);
            }
        },
        HAPROXY {
            @Override
            Proxy start(Path folder, int server, int port, long seconds) throws IOException {
                return Proxy.haproxy(
                        folder,
                        Map.of(
                                "127.0.0.1:8080", "127.0.0.1:" + server,
                                "127.0.0.1:8090", "127.0.0.1:" + server,
                                "127.0.0.1:8083", "127.0.0.1:" + port,
                                "60s", seconds + "s"),
                        port);
            }
        };

        abstract Proxy start(Path folder, int server, int port, long seconds) throws IOException;
    }

    private int behind(Front front) throws IOException {
        return behind(front, Duration.ofSeconds(60));
    }

    private int behind(Front front, Duration timeout) throws IOException {
        int port = Ports.free();
        proxy = front.start(folder, server.port(), port, timeout.toSeconds());
        return port;
    }

    @AfterEach
    void stop() {
        talk.goOn.countDown();
        if (proxy != null) {
            proxy.close();
        }
        server.close();
    }

    private static String answer(String room, String text, int count) {
        return "{\"room\":\"%s\",\"text\":\"%s\",\"count\":%d,\"tone\":\"unspecified\"}"
                .formatted(room, text, count);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void eachMessageIsAnsweredAsItComes(Front front) throws IOException {
        String large = "y".repeat(100_000);
        try (SocketClient client = SocketClient.open(behind(front), TALK)) {
            assertThat(client.send("{\"text\":\"one\"}").next())
                    .isEqualTo(answer("blue", "one", 1));
            assertThat(client.send("{\"text\":\"" + large + "\"}").next())
                    .isEqualTo(answer("", large, 2));
            assertThat(client.ping("there?").next()).isEqualTo("pong there?");
            assertThat(client.send("{\"text\":\"\u2603\"}").next())
                    .isEqualTo(answer("", "\u2603", 3));
            client.end();

            assertThat(client.next()).isEqualTo(answer("", "bye", 4));
            assertThat(client.next()).isEqualTo("close 1000");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void theServersCloseCodeArrives(Front front) throws IOException {
        try (SocketClient client = SocketClient.open(behind(front), TALK)) {
            client.send("{\"script\":\"refuse\"}");

            assertThat(client.next()).contains("\"code\":\"room_not_found\"");
            assertThat(client.next()).isEqualTo("close 4404 room_not_found: No room \u2603.");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void theClientsCloseCodeArrivesAndEndsTheHandlersWork(Front front) throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(behind(front), TALK)) {
            socket.text("{\"script\":\"wait\"}");
            assertThat(talk.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
            socket.send(
                    RawWebSocket.frame(
                            RawWebSocket.LAST | RawWebSocket.CLOSE,
                            RawWebSocket.closing(4001, "enough")));

            assertThat(socket.awaitClose().code()).isEqualTo(4001); // the server answers with it
            assertThat(talk.cancelled.poll(PATIENCE, TimeUnit.SECONDS))
                    .isEqualTo(CancelCause.CLIENT_LEFT);
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aClientThatIsGoneEndsTheHandlersWork(Front front) throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(behind(front), TALK)) {
            socket.text("{\"script\":\"wait\"}");
            assertThat(talk.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
            socket.hangUp();

            assertThat(talk.cancelled.poll(PATIENCE, TimeUnit.SECONDS))
                    .isEqualTo(CancelCause.CLIENT_LEFT);
        }
    }

    /** This client answers no ping; the server's alone keep the connection. */
    @ParameterizedTest
    @EnumSource(Front.class)
    void aQuietOneOutlivesTheProxysPatience(Front front) throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(behind(front, PROXY_TIMEOUT), TALK)) {
            socket.text("{\"text\":\"one\",\"script\":\"pause\"}");
            long pings = 2 * PROXY_TIMEOUT.dividedBy(HEARTBEAT);
            for (int i = 0; i < pings; i++) {
                assertThat(socket.next().opcode()).isEqualTo(RawWebSocket.PING);
            }
            talk.goOn.countDown();

            RawWebSocket.Frame frame = socket.next();
            while (frame.opcode() == RawWebSocket.PING) {
                frame = socket.next();
            }
            assertThat(frame.text()).isEqualTo(answer("blue", "one", 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aRefusalBeforeTheUpgradeArrivesWhole(Front front) throws IOException {
        int port = behind(front);

        assertThat(asked(port, RawWebSocket.request("/v1/rooms/blue/walk")))
                .startsWith("HTTP/1.1 404 ")
                .contains("\"code\":\"not_found\"");
        assertThat(asked(port, RawWebSocket.request(TALK + "?count=many")))
                .startsWith("HTTP/1.1 422 ")
                .contains("\"field\":\"count\"");
        assertThat(asked(port, RawWebSocket.request(TALK) + "Origin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .contains("\"code\":\"origin_not_allowed\"");
        assertThat(asked(port, "GET /v1/gather HTTP/1.1\r\nHost: localhost\r\n"))
                .startsWith("HTTP/1.1 426 ")
                .contains("\"code\":\"upgrade_required\"");
    }

    /** No other protocol is let through. */
    @ParameterizedTest
    @EnumSource(Front.class)
    void anotherUpgradeIsAnOrdinaryRequest(Front front) throws IOException {
        String request =
                "GET %s?text=hi HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\n".formatted(TALK)
                        + "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n";

        assertThat(asked(behind(front), request))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"text\":\"hi\"");
    }

    /** The head of the answer and its body. */
    private static String asked(int port, String request) {
        try (RawWebSocket socket = new RawWebSocket(port)) {
            socket.send(request + "\r\n");
            String head = socket.head();
            int length = contentLength(head);
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < length; i++) {
                body.append((char) socket.nextByte());
            }
            return head + body;
        }
    }

    private static int contentLength(String head) {
        return head.lines()
                .map(line -> line.split(":", 2))
                .filter(line -> line[0].equalsIgnoreCase("content-length"))
                .mapToInt(line -> Integer.parseInt(line[1].strip()))
                .findFirst()
                .orElseThrow();
    }
}
