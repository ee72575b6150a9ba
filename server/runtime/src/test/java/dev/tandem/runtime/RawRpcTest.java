package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.runtime.wire.grpc.Probe;
import dev.tandem.test.v1.EchoRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The exact bytes of Connect and gRPC-Web over HTTP/1.1, those of a request and those of its
 * answer. A byte is a character here.
 */
class RawRpcTest {
    private static final String PROBE = "/tandem.test.v1.ProbeService/";
    private static final String CONNECT = "connect-protocol-version: 1\r\n";
    private static final EchoRequest HELLO = EchoRequest.newBuilder().setText("hello").build();
    private static final String FRAME = text(Raw.frame(HELLO));

    private Server server;

    @BeforeEach
    void start() {
        server =
                Server.builder()
                        .service(new Probe().service())
                        .maxRequestBytes(64 << 10)
                        .errorDetails(false)
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void connectUnary() {
        assertThat(post("Echo", CONNECT + "Content-Type: application/json", "{\"text\":\"hello\"}"))
                .isEqualTo(
                        """
                        HTTP/1.1 200 OK
                        Accept-Encoding: gzip
                        Connection: close
                        Content-Length: 16
                        Content-Type: application/json
                        Vary: accept-encoding
                        x-request-id: r1

                        {"text":"hello"}\
                        """);
        assertThat(post("Echo", "Content-Type: application/proto", "\n\5hello"))
                .endsWith(
                        "Content-Type: application/proto\nVary: accept-encoding\n"
                                + "x-request-id: r1\n\n\n\5hello");
    }

    @Test
    void connectGet() {
        assertThat(get("Echo?connect=v1&encoding=json&message=%7B%22text%22%3A%22hello%22%7D"))
                .startsWith("HTTP/1.1 200 OK\n")
                .endsWith("\n\n{\"text\":\"hello\"}");
        assertThat(get("Echo?connect=v1&encoding=proto&base64=1&message=CgVoZWxsbw"))
                .startsWith("HTTP/1.1 200 OK\n")
                .endsWith("\n\n\n\5hello");
        assertThat(get("Count?connect=v1&encoding=json&message=%7B%7D"))
                .isEqualTo(
                        """
                        HTTP/1.1 405 Method Not Allowed
                        Allow: POST
                        Connection: close
                        Content-Length: 0

                        """);
    }

    @Test
    void connectStream() {
        String request = text(Raw.frame(0, "{\"messages\":2}".getBytes(StandardCharsets.UTF_8)));
        assertThat(post("Count", "Content-Type: application/connect+json", request))
                .isEqualTo(
                        """
                        HTTP/1.1 200 OK
                        Connection: close
                        Content-Type: application/connect+json
                        Transfer-Encoding: chunked
                        connect-accept-encoding: identity,gzip
                        x-request-id: r1

                        7
                        \0\0\0\0\2{}
                        11
                        \0\0\0\0\14{"number":1}
                        7
                        \2\0\0\0\2{}
                        0

                        """);
    }

    @Test
    void grpcWeb() {
        assertThat(post("Echo", "Content-Type: application/grpc-web", FRAME))
                .isEqualTo(
                        """
                        HTTP/1.1 200 OK
                        Connection: close
                        Content-Type: application/grpc-web+proto
                        Transfer-Encoding: chunked
                        grpc-accept-encoding: identity,gzip
                        x-request-id: r1

                        c
                        \0\0\0\0\7
                        \5hello
                        15
                        \200\0\0\0\20grpc-status: 0

                        0

                        """);
    }

    @Test
    void grpcWebTextInSeveralRuns() {
        String runs = base64(FRAME.substring(0, 4)) + base64(FRAME.substring(4));
        assertThat(post("Echo", "Content-Type: application/grpc-web-text", runs))
                .endsWith(
                        """

                        10
                        AAAAAAcKBWhlbGxv
                        1c
                        gAAAABBncnBjLXN0YXR1czogMA0K
                        0

                        """)
                .contains("Content-Type: application/grpc-web-text+proto\n");
    }

    @Test
    void anAnswerAndTheNextRequestShareTheConnection() {
        String first =
                request("POST", "Echo", "Content-Type: application/grpc-web", FRAME)
                        .replace("Connection: close\r\n", "");
        String second = request("POST", "Echo", "Content-Type: application/proto", "\n\5hello");
        assertThat(exchange(first + second))
                .containsSubsequence("grpc-status: 0", "HTTP/1.1 200 OK", "\n\n\n\5hello");
    }

    @Test
    void anErrorOfConnect() {
        assertThat(post("No", CONNECT + "Content-Type: application/json", "{}"))
                .isEqualTo(
                        """
                        HTTP/1.1 404 Not Found
                        Accept-Encoding: gzip
                        Connection: close
                        Content-Length: 103
                        Content-Type: application/json
                        x-request-id: r1

                        {"code":"unimplemented","message":"There is no method \
                        /tandem.test.v1.ProbeService/No on this server."}\
                        """);
    }

    @Test
    void anErrorOfGrpcWeb() {
        assertThat(post("No", "Content-Type: application/grpc-web", FRAME))
                .endsWith(
                        """
                        Content-Length: 104
                        Content-Type: application/grpc-web+proto
                        grpc-accept-encoding: identity,gzip
                        x-request-id: r1

                        \200\0\0\0cgrpc-status: 12
                        grpc-message: There is no method /tandem.test.v1.ProbeService/No on this server.
                        """);
    }

    @Test
    void anErrorOfAConnectStream() {
        assertThat(post("Collect", "Content-Type: application/connect+proto", "\0\0\0\0\5ab"))
                .endsWith(
                        "\n\n\2\0\0\0M{\"error\":{\"code\":\"internal\",\"message\":"
                                + "\"The request ended within a message.\"}}");
    }

    @Test
    void aTypeThatNobodyTakes() {
        assertThat(post("Echo", "Content-Type: image/png", "x"))
                .isEqualTo(
                        """
                        HTTP/1.1 415 Unsupported Media Type
                        Connection: close
                        Content-Length: 0
                        accept-post: application/json, application/proto, application/connect+json, \
                        application/connect+proto, application/grpc, application/grpc-web, \
                        application/grpc-web-text

                        """);
    }

    private String post(String method, String headers, String body) {
        return exchange(request("POST", method, headers, body));
    }

    private String get(String target) {
        return exchange(request("GET", target, "Accept: */*", ""));
    }

    private static String request(String verb, String target, String headers, String body) {
        return verb
                + " "
                + PROBE
                + target
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-request-id: r1\r\n"
                + headers
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    /** The answer without its date, its headers sorted, with lines as texts in Java have them. */
    private String exchange(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = text(socket.getInputStream().readAllBytes());
            int head = answer.indexOf("\r\n\r\n");
            String sorted =
                    answer.substring(0, head)
                            .lines()
                            .filter(line -> !line.startsWith("Date: "))
                            .sorted(
                                    Comparator.comparing(
                                            line -> line.startsWith("HTTP") ? "" : line))
                            .collect(Collectors.joining("\n"));
            return sorted + answer.substring(head).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
