package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.SayRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that takes nothing of its stream: one reason on every wire, for the handler and the log.
 */
class StalledClientTest {
    private static final Duration STALL = Duration.ofMillis(400);
    private static final String METHOD = "/tandem.test.v1.EchoService/SayOn";

    private final Echo echo = new Echo();
    private final AccessLines log = new AccessLines();
    private Server server;

    /** A wire that carries streams: what its request is made of. */
    enum Way {
        GRPC(METHOD, "application/grpc", "te", "trailers"),
        GRPC_WEB(METHOD, "application/grpc-web+proto"),
        GRPC_WEB_TEXT(METHOD, "application/grpc-web-text"),
        CONNECT(METHOD, "application/connect+proto", "connect-protocol-version", "1"),
        SSE("/v1/say", "application/json", "accept", "text/event-stream"),
        NDJSON("/v1/say", "application/json", "accept", "application/x-ndjson");

        private final String path;

        @SuppressWarnings("ImmutableEnumChecker") // the list is of those that cannot change
        private final List<String> headers;

        Way(String path, String type, String... more) {
            this.path = path;
            headers = Stream.concat(Stream.of("content-type", type), Stream.of(more)).toList();
        }

        private byte[] body() {
            if (headers.get(1).equals("application/json")) {
                return "{\"text\":\"a\",\"stream\":true,\"script\":\"flood\"}"
                        .getBytes(StandardCharsets.UTF_8);
            }
            byte[] frame =
                    Raw.frame(SayRequest.newBuilder().setText("a").setScript("flood").build());
            return this == GRPC_WEB_TEXT ? Base64.getEncoder().encode(frame) : frame;
        }
    }

    @BeforeEach
    void start() {
        WireSettings settings = WireSettings.defaults();
        server =
                Server.builder()
                        .service(echo.service())
                        .drainLimit(Duration.ZERO)
                        .wire(
                                settings.with(
                                        new WireSettings.Sending(
                                                settings.sending().backlog(), STALL)))
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    private void isToldAs(String reason) throws InterruptedException {
        assertThat(echo.ended.poll(20, TimeUnit.SECONDS)).isEqualTo(CancelCause.STALLED);
        assertThat(log.await("call=tandem.test.v1.EchoService/"))
                .contains("code=CANCELLED/" + reason);
        assertThat(server.calls().awaitIdle(Duration.ofSeconds(20))).isTrue();
    }

    /** The stream's window stays shut. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void overHttp2(Way way) throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("POST", way.path, way.body(), way.headers);

            isToldAs("client_stalled");
        }
    }

    /** Every window is open, and the socket is not read. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void overHttp2WithOpenWindows(Way way) throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port(), 16 << 10)) {
            http.openWindows();
            http.request("POST", way.path, way.body(), way.headers);

            isToldAs("client_stalled");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = "GRPC", mode = EnumSource.Mode.EXCLUDE)
    void overHttp1(Way way) throws InterruptedException, IOException {
        try (RawHttp http = new RawHttp(server.port(), 16 << 10)) {
            StringBuilder head = new StringBuilder("POST " + way.path + " HTTP/1.1\r\n");
            head.append("Host: localhost\r\nContent-Length: ").append(way.body().length);
            for (int i = 0; i < way.headers.size(); i += 2) {
                head.append("\r\n").append(way.headers.get(i)).append(": ");
                head.append(way.headers.get(i + 1));
            }
            http.send(head + "\r\n\r\n" + new String(way.body(), StandardCharsets.ISO_8859_1));

            isToldAs("client_stalled");
        }
    }
}
