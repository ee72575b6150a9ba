package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.runtime.wire.grpc.Probe;
import dev.tandem.runtime.wire.port.LogCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that stop coming, or come byte by byte: the client is told so over both protocols. */
class SlowBodyTest {
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final long PACE = 20;
    private static final String TIMEOUT = "\"code\":\"request_timeout\"";

    private final AccessLines access = new AccessLines();
    private final LogCapture warnings = LogCapture.start();
    private final Echo echo = new Echo();
    private Server server;

    @BeforeEach
    void start() {
        WireSettings settings = WireSettings.defaults();
        WireSettings.Http1 http1 = settings.http1();
        server =
                Server.builder()
                        .service(echo.service())
                        .service(new Probe().service())
                        .drainLimit(Duration.ZERO)
                        .wire(
                                settings.with(
                                                new WireSettings.Patience(
                                                        settings.patience().settings(),
                                                        settings.patience().frame(),
                                                        SILENCE,
                                                        1024))
                                        .with(
                                                new WireSettings.Http1(
                                                        http1.maxRequestLine(),
                                                        http1.maxFields(),
                                                        http1.maxHeadBytes(),
                                                        http1.headTime(),
                                                        SILENCE,
                                                        http1.idleTime())))
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
        access.close();
        warnings.close();
        assertThat(warnings.text()).isEmpty();
    }

    private static String head(String path, String body) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + body
                + "\r\n\r\n";
    }

    private static void begin(RawHttp2 http, String path) throws IOException {
        http.begin("POST", path, "content-type", "application/json");
    }

    private void isLogged(String status) {
        assertThat(access.await("status=" + status)).contains("request_id=req_");
    }

    @Test
    void silenceIs408OverHttp1() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(head("/v1/say", "Content-Length: 100") + "{\"text\":");
            assertThat(http.readAll()).startsWith("HTTP/1.1 408 ").contains(TIMEOUT);
        }
        isLogged("408");
    }

    @Test
    void silenceIs408OverHttp2AndTheStreamEndsWithoutError() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            begin(http, "/v1/say");
            http.data(new byte[] {'{'}, false);
            assertThat(http.readAll()).contains(TIMEOUT);
            assertThat(http.head()).startsWith(":status 408");
            assertThat(http.awaitReset()).isZero();
        }
        isLogged("408");
    }

    @Test
    void aByteNowAndThenIs408OverHttp1() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(head("/v1/say", "Content-Length: 1000000"));
            Thread drops =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!Thread.interrupted()) {
                                    http.sendBytewise(" ");
                                    pause();
                                }
                            });
            assertThat(http.readUntil(TIMEOUT)).startsWith("HTTP/1.1 408 ");
            drops.interrupt();
        }
        isLogged("408");
    }

    @Test
    void aByteNowAndThenIs408OverHttp2() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            begin(http, "/v1/say");
            Thread drops = drip(http, new byte[] {' '});
            assertThat(http.readAll()).contains(TIMEOUT);
            drops.interrupt();
            drops.join();
            assertThat(http.awaitReset()).isZero();
        }
        isLogged("408");
    }

    @Test
    void aSlowButSteadyBodyIsTakenOverBoth() throws Exception {
        String json = "{\"text\":\"" + "a".repeat(40_000) + "\"}";
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(head("/v1/say", "Content-Length: " + json.length()));
            for (int from = 0; from < json.length(); from += 1000) {
                http.send(json.substring(from, Math.min(json.length(), from + 1000)));
                pause();
            }
            assertThat(http.readUntil("\"count\":0}")).startsWith("HTTP/1.1 200 ");
        }
        try (RawHttp2 http = new RawHttp2(server.port())) {
            begin(http, "/v1/say");
            byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
            for (int from = 0; from < bytes.length; from += 1000) {
                int to = Math.min(bytes.length, from + 1000);
                http.data(Arrays.copyOfRange(bytes, from, to), to == bytes.length);
                pause();
            }
            http.readAll();
            assertThat(http.head()).startsWith(":status 200");
        }
    }

    @Test
    void whatIsRefusedBeforeItsBodyIsAnsweredThoughThatDoesNotCome() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            begin(http, "/nowhere");
            http.data(new byte[] {'{'}, false);
            assertThat(http.readAll()).contains("\"code\":\"not_found\"");
            assertThat(http.head()).startsWith(":status 404");
            assertThat(http.awaitReset()).isZero();
        }
        isLogged("404");
    }

    @Test
    void aPageIsAnsweredAtOnceAndItsUnreadBodyHoldsNothing() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.begin("GET", "/health");
            http.readAll();
            assertThat(http.head()).startsWith(":status 200");
            assertThat(http.awaitReset()).isZero();
        }
    }

    @Test
    void aStreamOfMessagesMayComeAtAnyPace() {
        StringBuilder frame = new StringBuilder();
        for (byte each : Raw.frame(0, new byte[0])) {
            frame.append((char) each);
        }
        try (RawHttp http = new RawHttp(server.port())) {
            http.send("POST /tandem.test.v1.ProbeService/Collect HTTP/1.1\r\n");
            http.send("Host: localhost\r\nTransfer-Encoding: chunked\r\n");
            http.send("Content-Type: application/grpc-web\r\n\r\n");
            for (int i = 0; i < 60; i++) {
                http.send("5\r\n" + frame + "\r\n");
                pause();
            }
            http.send("0\r\n\r\n");
            assertThat(http.readUntil("grpc-status: ")).startsWith("HTTP/1.1 200 ");
            assertThat(http.readUntil("\r\n")).isEqualTo("0\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc-web", "application/connect+proto"})
    void aStreamOfMessagesMayPause(String type) {
        String frame = new String(Raw.frame(0, new byte[0]), StandardCharsets.ISO_8859_1);
        try (RawHttp http = new RawHttp(server.port())) {
            http.send("POST /tandem.test.v1.ProbeService/Chat HTTP/1.1\r\nHost: localhost\r\n");
            http.send("Transfer-Encoding: chunked\r\nContent-Type: " + type + "\r\n\r\n");
            http.send("5\r\n" + frame + "\r\n");
            http.readUntil(frame);
            LockSupport.parkNanos(3 * SILENCE.toNanos());
            http.send("5\r\n" + frame + "\r\n");
            http.readUntil(frame);
            http.send("0\r\n\r\n");
            assertThat(http.readUntil("\r\n0\r\n\r\n")).containsAnyOf("grpc-status: 0", "{}");
        }
    }

    @Test
    void silenceWithinConnectsOneMessageIsToldInConnectsWords() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send("POST /tandem.test.v1.ProbeService/Echo HTTP/1.1\r\nHost: localhost\r\n");
            http.send("Content-Length: 100\r\nContent-Type: application/proto\r\n\r\n\n");
            assertThat(http.readAll())
                    .startsWith("HTTP/1.1 ")
                    .contains(
                            "\"code\":\"deadline_exceeded\"", "request_timeout", "send it at once");
        }
    }

    /** Sends pieces at a slow pace until it is interrupted. */
    private static Thread drip(RawHttp2 http, byte[] piece) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (!Thread.interrupted()) {
                            http.data(piece, false);
                            pause();
                        }
                    } catch (IOException e) {
                        // the server has ended the connection
                    }
                });
    }

    /** The pace of a client; nothing is concluded from it. */
    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PACE));
    }
}
