package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http.HttpRouting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What costs the server work and the client nothing ends the connection with ENHANCE_YOUR_CALM, and
 * the client gets to read it. What ordinary clients do much of does not.
 */
class FloodTest {
    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int FRAMES = 60_000;
    private static final int AT_ONCE = 500;

    private static TestServer clear;
    private static TestServer secure;
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
        clear = TestServer.start(FloodTest::routes).owned(FloodTest::answer);
        secure = TestServer.startTls(FloodTest::routes).owned(FloodTest::answer);
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .get(
                        "/wait",
                        (request, response) -> {
                            RELEASED.await();
                            response.send();
                        })
                .post(
                        "/count",
                        (request, response) ->
                                response.send(
                                        Integer.toString(
                                                request.content().as(byte[].class).length)));
    }

    private static void answer(OwnedStream stream) throws InterruptedException {
        switch (stream.path()) {
            case "/owned/wait" -> awaitCancel(stream);
            case "/owned/first" -> {
                Handlers.begin(stream);
                Handlers.send(stream, "first", false);
                awaitCancel(stream);
            }
            default -> Handlers.ECHO.handle(stream);
        }
    }

    private static void awaitCancel(OwnedStream stream) throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        try (var _ = stream.onGone(gone::countDown)) {
            gone.await();
        }
    }

    @AfterAll
    static void stop() {
        RELEASED.countDown();
        clear.close();
        secure.close();
    }

    /** Frame number i of a flood. */
    @FunctionalInterface
    private interface Nth {
        byte[] frame(int i);
    }

    /** What a flood is made of, after stream 1 was opened and left waiting. */
    enum Flood {
        PING(i -> frame(Http2Format.PING, 0, 0, new byte[8])),
        PING_ACK(i -> frame(Http2Format.PING, 1, 0, new byte[8])),
        SETTINGS(i -> frame(Http2Format.SETTINGS, 0, 0, new byte[0])),
        SETTINGS_ACK(i -> frame(Http2Format.SETTINGS, 1, 0, new byte[0])),
        WINDOW_FLIP_FLOP(
                i -> frame(Http2Format.SETTINGS, 0, 0, setting(4, i % 2 == 0 ? 0 : 1 << 30))),
        HEADER_TABLE_FLIP_FLOP(
                i -> frame(Http2Format.SETTINGS, 0, 0, setting(1, i % 2 == 0 ? 0 : 1 << 20))),
        PRIORITY(i -> frame(Http2Format.PRIORITY, 0, 2 * i + 1, new byte[] {0, 0, 0, 0, 16})),
        UNKNOWN(i -> frame(0x42, 0xff, i, new byte[5])),
        EMPTY_DATA(i -> frame(Http2Format.DATA, 0, 1, new byte[0])),
        PADDED_EMPTY_DATA(i -> frame(Http2Format.DATA, Http2Format.PADDED, 1, new byte[1])),
        WINDOW_UPDATE_OF_ONE(i -> frame(Http2Format.WINDOW_UPDATE, 0, 0, Http2Format.int32(1))),
        WINDOW_UPDATE_OF_A_STREAM(
                i -> frame(Http2Format.WINDOW_UPDATE, 0, 1, Http2Format.int32(1))),
        GOAWAY(i -> frame(Http2Format.GOAWAY, 0, 0, new byte[8])),
        RESET_OF_AN_ENDED_STREAM(i -> frame(Http2Format.RST_STREAM, 0, 1, Http2Format.int32(8))),
        RAPID_RESET(i ->
                both(
                        request(2 * i + 3, "/owned/wait"),
                        frame(Http2Format.RST_STREAM, 0, 2 * i + 3, Http2Format.int32(8)))),
        RAPID_RESET_OF_PLAIN_STREAMS(i ->
                both(
                        request(2 * i + 3, "/wait"),
                        frame(Http2Format.RST_STREAM, 0, 2 * i + 3, Http2Format.int32(8)))),
        MADE_YOU_RESET_BY_AN_INCREMENT_OF_ZERO(i ->
                both(
                        request(2 * i + 3, "/owned/wait"),
                        frame(Http2Format.WINDOW_UPDATE, 0, 2 * i + 3, new byte[4]))),
        MADE_YOU_RESET_BY_TOO_LARGE_A_WINDOW(i ->
                both(
                        request(2 * i + 3, "/wait"),
                        frame(
                                Http2Format.WINDOW_UPDATE,
                                0,
                                2 * i + 3,
                                Http2Format.int32(Integer.MAX_VALUE)))),
        MADE_YOU_RESET_BY_DATA_AFTER_THE_END(i ->
                both(
                        request(2 * i + 3, "/owned/wait"),
                        frame(Http2Format.DATA, 0, 2 * i + 3, new byte[1]))),
        MADE_YOU_RESET_BY_HEADERS_AFTER_THE_END(
                i -> both(request(2 * i + 3, "/wait"), request(2 * i + 3, "/wait"))),
        MALFORMED_REQUESTS(i -> request(2 * i + 3, "")),
        FALSE_LENGTHS(i -> request(2 * i + 3, "/count", "content-length", "5")),
        EMPTY_CONTINUATION(i ->
                i == 0
                        ? frame(Http2Format.HEADERS, 0, 3, new byte[0])
                        : frame(Http2Format.CONTINUATION, 0, 3, new byte[0])),
        LARGE_CONTINUATION(i ->
                i == 0
                        ? frame(Http2Format.HEADERS, 0, 3, new byte[0])
                        : frame(Http2Format.CONTINUATION, 0, 3, new byte[16_000])),
        CONTINUATION_BYTE_BY_BYTE(i ->
                i == 0
                        ? frame(Http2Format.HEADERS, 0, 3, new byte[1])
                        : frame(Http2Format.CONTINUATION, 0, 3, new byte[1])),
        TABLE_SIZE_UPDATES(i ->
                frame(
                        Http2Format.HEADERS,
                        Http2Format.END_HEADERS | Http2Format.END_STREAM,
                        2 * i + 3,
                        "?".repeat(300).getBytes(StandardCharsets.US_ASCII))), // a table of 31
        CONNECTS(i -> request(2 * i + 3, "/owned/wait", ":protocol", "websocket")),
        HEADER_BOMB(i -> i == 0 ? bomb() : frame(Http2Format.PING, 0, 0, new byte[8])),
        EMPTY_HEADERS(i -> i == 0 ? emptyHeaders() : frame(Http2Format.PING, 0, 0, new byte[8]));

        @SuppressWarnings("ImmutableEnumChecker") // the lambdas above keep nothing
        private final Nth nth;

        Flood(Nth nth) {
            this.nth = nth;
        }

        private static byte[] frame(int type, int flags, int id, byte[] payload) {
            return Http2Format.bytes(type, flags, id, payload);
        }

        private static byte[] request(int id, String path, String... more) {
            return frame(
                    Http2Format.HEADERS,
                    Http2Format.END_HEADERS | Http2Format.END_STREAM,
                    id,
                    Http2Format.block("GET", path, more));
        }

        private static byte[] setting(int key, int value) {
            return new byte[] {
                0,
                (byte) key,
                (byte) (value >> 24),
                (byte) (value >> 16),
                (byte) (value >> 8),
                (byte) value
            };
        }

        private static byte[] both(byte[] first, byte[] second) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(first);
            bytes.writeBytes(second);
            return bytes.toByteArray();
        }

        /** A field of 4 KB in the header table, and a reference of one byte to it, many times. */
        private static byte[] bomb() {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            Http2Format.literal(block, 0x40, "", "x".repeat(4000));
            byte[] named = block.toByteArray();
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(Http2Format.block("GET", "/hi"));
            whole.write(0x40);
            whole.write(3);
            whole.writeBytes(new byte[] {'x', '-', 'b'});
            whole.write(named, 1, named.length - 1);
            for (int i = 0; i < 10_000; i++) {
                whole.write(0x80 | 62);
            }
            return frame(
                    Http2Format.HEADERS,
                    Http2Format.END_HEADERS | Http2Format.END_STREAM,
                    3,
                    whole.toByteArray());
        }

        private static byte[] emptyHeaders() {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (int i = 0; i < 5000; i++) {
                Http2Format.literal(block, 0, "", "");
            }
            return frame(
                    Http2Format.HEADERS,
                    Http2Format.END_HEADERS | Http2Format.END_STREAM,
                    3,
                    block.toByteArray());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodEndsItsConnectionOnly(Flood flood) throws Exception {
        try (Http2Client client = Http2Client.open(clear.port())) {
            endsWithWords(flood, clear, client);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PING", "SETTINGS", "RAPID_RESET", "EMPTY_CONTINUATION", "HEADER_BOMB"})
    void aFloodOverTlsEndsItsConnectionOnly(Flood flood) throws Exception {
        try (Http2Client client =
                Http2Client.open(
                        TlsClients.connect(secure.port(), "h2"), new Http2Client.Behaviour())) {
            endsWithWords(flood, secure, client);
        }
    }

    private void endsWithWords(Flood flood, TestServer server, Http2Client client)
            throws Exception {
        try (LogCapture log = LogCapture.start();
                Http2Client other = open(server)) {
            client.roundTrip(); // so that the client itself has nothing more to say
            client.headers(1, "POST", "/owned/wait", false);
            if (flood == Flood.RESET_OF_AN_ENDED_STREAM) {
                client.reset(1);
            }
            client.quietly(() -> send(flood, client, other));
            Eventually.until("GOAWAY", () -> !client.goAways().isEmpty());
            assertThat(client.goAways().getFirst().int32(4)).isEqualTo(ENHANCE_YOUR_CALM);
            other.get(1_000_001, "/hi");
            other.awaitEnd(1_000_001);
            assertThat(other.goAways()).isEmpty();
            assertThat(log.text()).isEmpty();
        }
        Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
    }

    private static Http2Client open(TestServer server) throws Exception {
        return server == clear
                ? Http2Client.open(server.port())
                : Http2Client.open(
                        TlsClients.connect(server.port(), "h2"), new Http2Client.Behaviour());
    }

    private static void send(Flood flood, Http2Client client, Http2Client other)
            throws IOException {
        for (int i = 0; i < FRAMES && client.goAways().isEmpty(); i += AT_ONCE) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int n = i; n < i + AT_ONCE; n++) {
                frames.writeBytes(flood.nth.frame(n));
            }
            client.raw(frames.toByteArray());
            if (i % 10_000 == 0) {
                int id = 2 * i + 1;
                other.get(id, "/hi");
                other.awaitEnd(id);
            }
        }
    }

    // ---- not floods

    @Test
    void aClientThatCancelsEachCallAfterItsFirstMessageIsNotPunished() throws Exception {
        Http2Client.Behaviour behaviour = new Http2Client.Behaviour();
        try (Http2Client client = Http2Client.open(clear.port(), behaviour)) {
            int next = 1;
            for (int round = 0; round < 100; round++) { // 20,000 calls
                int first = next;
                for (; next < first + 400; next += 2) {
                    client.headers(next, "POST", "/owned/first", false);
                }
                for (int id = first; id < next; id += 2) {
                    int called = id;
                    Eventually.until("its message", () -> client.received(called) == 5);
                    client.reset(id);
                }
                client.frames.clear();
                assertThat(client.closedByServer()).isFalse();
            }
            client.get(next, "/hi");
            client.awaitEnd(next);
            assertThat(client.goAways()).isEmpty();
        }
    }

    /** Those are refused, which costs the client nothing either. */
    @Test
    void streamsThatIgnoreOurGoAwayEndTheConnection() throws Exception {
        WireSettings old =
                WireSettings.defaults()
                        .with(new WireSettings.Age(Duration.ofSeconds(1), Duration.ofMinutes(5)));
        try (TestServer server = TestServer.start(old, FloodTest::routes).owned(FloodTest::answer);
                Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/owned/wait", false);
            Eventually.until("its last stream is told", () -> client.goAways().size() == 2);
            assertThat(client.goAways().getLast().int32(0)).isEqualTo(1);
            client.quietly(() -> {
                for (int id = 3; id < 2 * FRAMES && client.goAways().size() == 2; id += 2) {
                    client.get(id, "/hi");
                }
            });
            assertThat(client.awaitConnectionError()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(client.resetCode(3)).isEqualTo(REFUSED_STREAM);
        }
    }

    @Test
    void aClientThatGivesItsWindowsBackByteByByteIsNotPunished() throws Exception {
        WireSettings strict = WireSettings.defaults().with(new WireSettings.Floods(200, 32));
        Http2Client.Behaviour narrow = new Http2Client.Behaviour();
        narrow.initialWindow = 1;
        try (TestServer server =
                        TestServer.start(strict, FloodTest::routes)
                                .owned(Handlers.send(1, 20_000));
                Http2Client client = Http2Client.open(server.port(), narrow)) {
            client.headers(1, "POST", "/owned", true);
            client.awaitEnd(1);
            assertThat(client.received(1)).isEqualTo(20_000);
            assertThat(client.goAways()).isEmpty();
        }
    }
}
