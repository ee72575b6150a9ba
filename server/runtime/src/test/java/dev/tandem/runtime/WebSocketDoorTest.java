package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked before a connection becomes a WebSocket. */
class WebSocketDoorTest {
    private static final String TALK = "/v1/rooms/blue/talk";
    private static final String CLOSE = "Connection: close\r\n\r\n";

    private static final Talk SERVICE = new Talk();
    private static Server server;

    @BeforeAll
    static void start() {
        server =
                Server.builder()
                        .service(SERVICE.service())
                        .routes(pages ->
                                pages.get("/page", (request, answer) -> answer.send("page")))
                        .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String request(String path, String... more) {
        return RawWebSocket.request(path) + String.join("", more) + "\r\n";
    }

    private static String without(String header) {
        return RawWebSocket.request(TALK).replaceFirst(header + ": [^\r]*\r\n", "") + "\r\n";
    }

    private static String with(String header, String value) {
        return RawWebSocket.request(TALK)
                        .replaceFirst(header + ": [^\r]*\r\n", header + ": " + value + "\r\n")
                + "\r\n";
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(without("Upgrade"), "200", "\"room\":\"blue\""),
                arguments(without("Connection"), "200", "\"room\":\"blue\""),
                arguments(with("Upgrade", "h2c"), "200", "\"room\":\"blue\""),
                arguments(with("Connection", "keep-alive"), "200", "\"room\":\"blue\""),
                arguments(without("Sec-WebSocket-Version"), "426", "upgrade_required"),
                arguments(with("Sec-WebSocket-Version", "8"), "426", "sec-websocket-version: 13"),
                arguments(without("Sec-WebSocket-Key"), "400", "invalid_header"),
                arguments(with("Sec-WebSocket-Key", "dG9vIHNob3J0"), "400", "16 bytes in base64"),
                arguments(with("Sec-WebSocket-Key", "not base64 at all, no!!="), "400", "16 bytes"),
                arguments(
                        request(TALK, "Sec-WebSocket-Key: " + RawWebSocket.KEY + "\r\n"),
                        "400",
                        "must be there once"),
                arguments(
                        request(TALK, "Sec-WebSocket-Protocol: graphql-ws\r\n"),
                        "400",
                        "tandem.json.v1"),
                arguments(request(TALK, "Content-Length: 2\r\n") + "{}", "400", "unexpected_body"),
                arguments(
                        request(TALK, "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n",
                        "400",
                        "unexpected_body"),
                arguments(request(TALK) + "GET / HTTP/1.1\r\n", "400", "bad_request"),
                arguments(
                        request(TALK) + "\u0081\u0080MASK", "400", "frames may follow its answer"),
                arguments(request(TALK + "?color=red"), "422", "unknown_field"),
                arguments(request(TALK + "?count=many"), "422", "\"field\":\"count\""),
                arguments(request(TALK + "?text=%ff"), "400", "invalid_query"),
                arguments(
                        request("/tandem.test.v1.TalkService/Talk?text=a"),
                        "422",
                        "takes no query"),
                arguments(request(TALK + "/"), "404", "not_found"),
                arguments(request("/tandem.test.v1.TalkService/Peek"), "405", "POST"),
                arguments(request("/page"), "200", "page"),
                arguments(request("/health"), "200", "ok"),
                arguments(
                        request(TALK).replace("Host: localhost", "Host: evil.example"),
                        "403",
                        "host_not_allowed"),
                arguments(
                        request(TALK, "Origin: https://evil.example\r\n"),
                        "403",
                        "origin_not_allowed"),
                arguments(request(TALK, "Origin: null\r\n"), "403", "origin_not_allowed"),
                arguments(request(TALK, "x-request-timeout: soon\r\n"), "400", "invalid_timeout"),
                arguments(request(TALK).replaceFirst("GET", "POST"), "405", "method_not_allowed"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String request, String status, String words) {
        String answer =
                RawHttp.exchange(server.port(), request.replaceFirst("\r\n\r\n", "\r\n" + CLOSE));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(words);
        assertThat(answer).contains("x-request-id: ");
    }

    @Test
    void theAnswerProvesThatTheServerKnowsWebSocket() {
        try (RawWebSocket socket = new RawWebSocket(server.port())) {
            String head = socket.upgrade(TALK);

            // the example of RFC 6455, section 1.3
            assertThat(head)
                    .contains("\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                    .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nconnection: upgrade\r\n")
                    .contains("\r\nx-request-id: req_")
                    .doesNotContain("sec-websocket-protocol")
                    .doesNotContain("content-length")
                    .doesNotContain("transfer-encoding");
        }
    }

    @Test
    void namesAndListsAreReadAsHttpHasThem() {
        try (RawWebSocket socket = new RawWebSocket(server.port())) {
            socket.send(
                    "GET http://localhost"
                            + TALK
                            + "?tags=a&tags=b HTTP/1.1\r\nHost: localhost\r\nUPGRADE: h2c, WebSocket\r\n"
                            + "connection: keep-alive, UPGRADE\r\nsec-websocket-version: 13\r\n"
                            + "sec-websocket-key:"
                            + RawWebSocket.KEY
                            + "\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                            + "Sec-WebSocket-Protocol: chat\r\n"
                            + "Sec-WebSocket-Protocol: tandem.json.v1, tandem.proto.v1\r\n"
                            + "x-request-id: mine\r\n\r\n");
            String head = socket.head();

            assertThat(head)
                    .startsWith("HTTP/1.1 101 ")
                    .contains("\r\nsec-websocket-protocol: tandem.json.v1\r\n")
                    .contains("\r\nx-request-id: mine\r\n")
                    .doesNotContain("extensions");
            socket.text("{\"text\":\"a\"}");
            assertThat(socket.next().text()).contains("\"room\":\"blue\"");
        }
    }

    @Test
    void aConnectionMayBecomeOneBehindOtherRequests() {
        try (RawWebSocket socket = new RawWebSocket(server.port())) {
            socket.send("GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.head()).startsWith("HTTP/1.1 200");
            for (char expected : "page".toCharArray()) {
                assertThat(socket.nextByte()).isEqualTo(expected);
            }
            socket.upgrade(TALK);
            socket.text("{\"text\":\"a\"}");
            assertThat(socket.next().text()).contains("\"text\":\"a\"");
        }
    }

    @Test
    void aRefusedRequestLeavesTheConnectionToOthers() {
        try (RawWebSocket socket = new RawWebSocket(server.port())) {
            socket.send(request(TALK, "Origin: https://evil.example\r\n"));
            String head = socket.head();
            assertThat(head).startsWith("HTTP/1.1 403 ");
            int length =
                    Integer.parseInt(
                            head.lines()
                                    .filter(line ->
                                            line.toLowerCase(Locale.ROOT)
                                                    .startsWith("content-length: "))
                                    .findFirst()
                                    .orElseThrow()
                                    .substring(16));
            for (int i = 0; i < length; i++) {
                socket.nextByte();
            }
            socket.upgrade(TALK);
        }
    }

    @Test
    void plainRequestsForAWebSocketAreTold() {
        String gather = "/v1/gather";
        for (RawAnswer.Version version : RawAnswer.Version.values()) {
            RawAnswer get = RawAnswer.to(version, server.port(), "GET", gather, new byte[0]);
            assertThat(get.status()).isEqualTo(426);
            assertThat(get.text()).contains("\"code\":\"upgrade_required\"");
            assertThat(get.header("upgrade"))
                    .isEqualTo(version == RawAnswer.Version.HTTP_1_1 ? "websocket" : "");
            RawAnswer post = RawAnswer.to(version, server.port(), "POST", gather, new byte[0]);
            assertThat(post.status()).isEqualTo(405);
            assertThat(post.header("allow")).isEqualTo("GET, OPTIONS");
            RawAnswer options =
                    RawAnswer.to(version, server.port(), "OPTIONS", gather, new byte[0]);
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.header("allow")).isEqualTo("GET, OPTIONS");
        }
    }

    @Test
    void anotherMethodMayAnswerThePathWithoutUpgrade() {
        assertThat(
                        RawHttp.exchange(
                                server.port(),
                                "GET " + TALK + "?text=a HTTP/1.1\r\nHost: localhost\r\n" + CLOSE))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"room\":\"blue\",\"text\":\"a\"");
    }

    @Test
    void pagesGoBeforeWildcardsAsOverRest() {
        assertThat(server.routes().sockets())
                .extracting(route -> route.path().text())
                .isEqualTo(
                        List.of(
                                TALK.replace("blue", "{room}"),
                                "/tandem.test.v1.TalkService/Talk",
                                "/v1/gather",
                                "/tandem.test.v1.TalkService/Gather"));
    }
}
