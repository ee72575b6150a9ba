package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRouting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that are malformed by RFC 9113, section 8: each loses its stream with PROTOCOL_ERROR
 * before a handler sees it, whosever the stream would have been, and the connection goes on.
 */
class MalformedRequestsTest {
    private static final int PROTOCOL_ERROR = 1;
    private static final String START = ":method GET|:scheme http|:authority x|:path ";

    private TestServer server;
    private Http2Client client;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(MalformedRequestsTest::routes).owned(Handlers.HELLO);
        client = Http2Client.open(server.port());
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.any((request, response) -> response.send("hi"));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method GET|:scheme http|:path P|a b|:authority x",
                START + "P|:path P",
                START + "P|:method GET",
                START + "P|:authority x",
                START + "P|:scheme http",
                START + "P|:status 200",
                START + "P|:other x",
                START + "P|: x",
                ":scheme http|:authority x|:path P",
                ":method GET|:authority x|:path P",
                ":method GET|:scheme http|:authority x",
                START,
                ":method |:scheme http|:authority x|:path P",
                ":method G T|:scheme http|:authority x|:path P"
            })
    void pseudoHeaders(String fields) throws IOException {
        losesItsStreamOnly(fields);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Upper 1",
                "x\u0000y 1",
                "x\ny 1",
                "x\u007f 1",
                "x\u00e4 1",
                "x:y 1",
                " 1",
                "x(y 1",
                "x \u0000",
                "x a\u0000b",
                "x a\rb",
                "x a\nb",
                "x a\r\nb: c",
                "connection close",
                "connection x",
                "keep-alive timeout=5",
                "proxy-connection x",
                "transfer-encoding chunked",
                "transfer-encoding identity",
                "upgrade h2c",
                "te gzip",
                "te trailers, gzip",
                "content-length 5",
                "content-length +0",
                "content-length x",
                "content-length 0|content-length 0",
                "content-length ",
                "content-length 99999999999999999999",
                "host y",
                "host x|host y",
                "host x|host x"
            })
    void fields(String field) throws IOException {
        losesItsStreamOnly(START + "P|" + field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method CONNECT|:authority x:443",
                ":method CONNECT|:scheme http|:authority x|:path P",
                ":method CONNECT|:protocol websocket|:scheme http|:authority x|:path P"
            })
    void tunnels(String fields) throws IOException {
        losesItsStreamOnly(fields);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"te trailers", "host x", "host X", "x-y a b\tc", "x ", "content-length 0"})
    void oddButAllowed(String field) throws IOException {
        send(1, START + "/hi|" + field);
        send(3, START + "/owned|" + field);
        client.awaitEnd(1, 3);
        assertThat(client.body(1) + client.body(3)).isEqualTo("hihello");
    }

    private void losesItsStreamOnly(String fields) throws IOException {
        try (LogCapture log = LogCapture.start()) {
            send(1, fields.replace("P", "/hi"));
            assertThat(client.awaitReset(1)).as("plain").isEqualTo(PROTOCOL_ERROR);
            send(3, fields.replace("P", "/owned"));
            assertThat(client.awaitReset(3)).as("owned").isEqualTo(PROTOCOL_ERROR);
            client.get(5, "/hi");
            client.awaitEnd(5);
            assertThat(client.body(5)).isEqualTo("hi");
            assertThat(client.body(1) + client.body(3)).isEmpty();
            assertThat(client.goAways()).isEmpty();
            assertThat(log.text()).isEmpty();
        }
    }

    /** Fields with bars between them; a space ends the name. */
    private void send(int id, String fields) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String field : fields.split("\\|", -1)) {
            int space = field.indexOf(' ');
            Http2Format.literal(block, 0, field.substring(0, space), field.substring(space + 1));
        }
        client.frame(
                Http2Format.HEADERS,
                Http2Format.END_HEADERS | Http2Format.END_STREAM,
                id,
                block.toByteArray());
    }
}
