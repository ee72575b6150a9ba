package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.runtime.wire.grpc.Probe;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients over HTTP/1.1 that leave, stop reading, or send nothing more. */
class RpcLeaveTest {
    private static final String SAY = "/tandem.test.v1.EchoService/Plain";
    private static final String SAY_ON = "/tandem.test.v1.EchoService/SayOn";
    private static final String COLLECT = "/tandem.test.v1.ProbeService/Collect";

    private final Echo echo = new Echo();
    private Server server;

    @BeforeEach
    void start() {
        server = Server.builder().service(new Probe().service()).service(echo.service()).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void leavingAUnaryCallCancelsIt() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(post(SAY, "application/json", "", json("wait")));
            assertThat(echo.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(echo.ended.poll(20, TimeUnit.SECONDS)).isEqualTo(CancelCause.CLIENT_LEFT);
    }

    @Test
    void leavingAStreamCancelsIt() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(post(SAY_ON, "application/grpc-web+json", "", frame(json("wait"))));
            assertThat(echo.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(echo.ended.poll(20, TimeUnit.SECONDS)).isEqualTo(CancelCause.CLIENT_LEFT);
    }

    @Test
    void aDeadlineEndsTheWaitForAnAnswer() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(post(SAY, "application/json", "connect-timeout-ms: 50\r\n", json("wait")));
            assertThat(http.readUntil("\"deadline_exceeded\""))
                    .startsWith("HTTP/1.1 504 Gateway Timeout");
        }
        assertThat(echo.ended.poll(20, TimeUnit.SECONDS)).isEqualTo(CancelCause.DEADLINE);
    }

    @Test
    void aDeadlineIsToldToAClientThatSendsNothingMore() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    "POST "
                            + COLLECT
                            + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                            + "grpc-timeout: 50m\r\nContent-Type: application/grpc-web\r\n\r\n");
            assertThat(http.readAll()).contains("grpc-status: 4\r\n");
        }
    }

    @Test
    void aDeadlineEndsTheCallOfAClientThatDoesNotRead() throws Exception {
        try (RawHttp http = new RawHttp(server.port(), 4096)) {
            http.send(
                    post(
                            SAY_ON,
                            "application/connect+json",
                            "Connection: close\r\nconnect-timeout-ms: 300\r\n",
                            frame(json("flood"))));
            assertThat(echo.ended.poll(20, TimeUnit.SECONDS)).isEqualTo(CancelCause.DEADLINE);
            assertThat(http.readAll()).startsWith("HTTP/1.1 200 OK"); // and no more waits
        }
    }

    private static String json(String script) {
        return "{\"text\":\"a\",\"script\":\"" + script + "\"}";
    }

    private static String frame(String json) {
        return new String(
                Raw.frame(0, json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static String post(String path, String type, String headers, String body) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + headers
                + "connect-protocol-version: 1\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }
}
