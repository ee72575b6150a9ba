package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.runtime.wire.grpc.Probe;
import dev.tandem.test.v1.EchoRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Connect and gRPC-Web answer to requests that are wrong, over either HTTP. */
class RpcErrorsTest {
    private static final String ECHO = "/tandem.test.v1.ProbeService/Echo";
    private static final String COLLECT = "/tandem.test.v1.ProbeService/Collect";
    private static final String SAY = "/tandem.test.v1.EchoService/Plain";
    private static final byte[] HELLO =
            Raw.frame(EchoRequest.newBuilder().setText("hello").build());

    private Server server;

    @BeforeEach
    void start() {
        server =
                Server.builder()
                        .service(new Probe().service())
                        .service(new Echo().service())
                        .maxRequestBytes(64 << 10)
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(RawAnswer.Version.class)
    void connectUnary(RawAnswer.Version version) {
        assertThat(unary(version, "{}", "connect-protocol-version", "2"))
                .isEqualTo("400 invalid_argument invalid_header");
        assertThat(unary(version, "{")).isEqualTo("400 invalid_argument invalid_json");
        assertThat(unary(version, "")).isEqualTo("400 invalid_argument invalid_json");
        assertThat(unary(version, "{\"no\":1}"))
                .isEqualTo("400 invalid_argument validation_failed");
        assertThat(unary(version, "{}", "connect-timeout-ms", "1s"))
                .isEqualTo("400 invalid_argument invalid_timeout");
        assertThat(unary(version, "{}", "connect-timeout-ms", "0"))
                .isEqualTo("504 deadline_exceeded deadline_exceeded");
        assertThat(unary(version, "{}", "content-encoding", "br"))
                .isEqualTo("501 unimplemented unsupported_encoding");
        assertThat(unary(version, "{}", "content-encoding", "gzip"))
                .isEqualTo("400 invalid_argument malformed_body");
        assertThat(unary(version, "{}" + " ".repeat(70_000)))
                .isEqualTo("429 resource_exhausted request_too_large");
        assertThat(unary(version, "{}", "origin", "http://elsewhere.example"))
                .isEqualTo("403 permission_denied origin_not_allowed");
    }

    @ParameterizedTest
    @EnumSource(RawAnswer.Version.class)
    void connectUnpacksWithinTheLimit(RawAnswer.Version version) {
        byte[] fits = Raw.gzip("{\"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8));
        byte[] bomb = Raw.gzip(new byte[10 << 20]);
        assertThat(packed(version, fits).text()).isEqualTo("{\"text\":\"hello\"}");
        assertThat(packed(version, bomb).text()).contains("\"reason\":\"request_too_large\"");
    }

    private RawAnswer packed(RawAnswer.Version version, byte[] body) {
        return RawAnswer.to(
                version,
                server.port(),
                "POST",
                ECHO,
                body,
                "content-type",
                "application/json",
                "connect-protocol-version",
                "1",
                "content-encoding",
                "gzip");
    }

    @ParameterizedTest
    @EnumSource(RawAnswer.Version.class)
    void theSameDetailsAsGrpc(RawAnswer.Version version) {
        RawAnswer answer = post(version, SAY, "application/json", bytes("{\"text\":\"\"}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .contains("\"type\":\"google.rpc.ErrorInfo\"")
                .contains("\"reason\":\"validation_failed\",\"domain\":\"tandem\"")
                .contains("\"type\":\"google.rpc.BadRequest\"")
                .contains("\"field\":\"text\",\"description\":\"Must not be empty.\"");
    }

    @ParameterizedTest
    @EnumSource(RawAnswer.Version.class)
    void framesOfStreams(RawAnswer.Version version) {
        for (String type : new String[] {"application/connect+proto", "application/grpc-web"}) {
            assertThat(stream(version, type, bytes("\0\0"))).contains("ended within a message");
            assertThat(stream(version, type, bytes("\0\0\0\0\5ab")))
                    .contains("ended within a message");
            assertThat(stream(version, type, Raw.frame(4, new byte[0])))
                    .contains("reserved flag bits");
            assertThat(stream(version, type, Raw.frame(1, new byte[3])))
                    .contains("the request names no encoding");
            assertThat(stream(version, type, Raw.frame(0, new byte[] {8})))
                    .contains("not valid protobuf");
            assertThat(stream(version, type, Raw.prefix(0, 70_000, new byte[0])))
                    .contains("The message has 70000 bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(RawAnswer.Version.class)
    void grpcWebText(RawAnswer.Version version) {
        RawAnswer answer = post(version, ECHO, "application/grpc-web-text", bytes("?"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).startsWith("gAAA"); // a frame of trailers
    }

    @ParameterizedTest
    @EnumSource(RawAnswer.Version.class)
    void otherVerbsAndTypes(RawAnswer.Version version) {
        RawAnswer put = verb(version, "PUT", "application/proto");
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.headers()).containsEntry("allow", "GET, POST");
        assertThat(verb(version, "PUT", "application/grpc-web").headers())
                .containsEntry("allow", "POST");
        RawAnswer xml = post(version, ECHO, "application/grpc-web+xml", HELLO);
        assertThat(xml.status()).isEqualTo(415);
        assertThat(xml.headers()).containsKey("accept-post");
        RawAnswer streamed = post(version, ECHO, "application/connect+proto", HELLO);
        assertThat(streamed.status()).isEqualTo(415);
        assertThat(streamed.headers().get("accept-post"))
                .isEqualTo("application/json, application/proto");
    }

    @ParameterizedTest
    @EnumSource(RawAnswer.Version.class)
    void withoutItsHeaderJsonIsRests(RawAnswer.Version version) {
        RawAnswer rest =
                RawAnswer.to(
                        version,
                        server.port(),
                        "POST",
                        ECHO,
                        bytes("{"),
                        "content-type",
                        "application/json");
        assertThat(rest.status()).isEqualTo(400);
        assertThat(rest.text()).startsWith("{\"error\":");
    }

    private String unary(RawAnswer.Version version, String json, String... headers) {
        String[] all = new String[headers.length + 4];
        all[0] = "content-type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        boolean versioned = headers.length > 0 && headers[0].equals("connect-protocol-version");
        all[headers.length + 2] = versioned ? "accept" : "connect-protocol-version";
        all[headers.length + 3] = versioned ? "*/*" : "1";
        RawAnswer answer = RawAnswer.to(version, server.port(), "POST", ECHO, bytes(json), all);
        return answer.status()
                + " "
                + answer.text().replaceAll("^\\{\"code\":\"(\\w+)\".*", "$1")
                + " "
                + answer.text().replaceAll(".*\"reason\":\"(\\w+)\",\"domain.*", "$1");
    }

    private String stream(RawAnswer.Version version, String type, byte[] body) {
        RawAnswer answer = post(version, COLLECT, type, body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.text();
    }

    private RawAnswer verb(RawAnswer.Version version, String verb, String type) {
        return RawAnswer.to(version, server.port(), verb, ECHO, new byte[0], "content-type", type);
    }

    private RawAnswer post(RawAnswer.Version version, String path, String type, byte[] body) {
        return RawAnswer.to(
                version,
                server.port(),
                "POST",
                path,
                body,
                "content-type",
                type,
                type.contains("grpc") ? "accept" : "connect-protocol-version",
                "1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
