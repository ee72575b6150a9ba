package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http.HttpRouting;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that begin something and never end it. */
class SlowClientTest {
    private static final int SETTINGS_TIMEOUT = 4;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private TestServer clear;
    private TestServer secure;

    private static WireSettings settings() {
        return WireSettings.defaults()
                .with(
                        new WireSettings.Patience(
                                Duration.ofMillis(400),
                                Duration.ofMillis(400),
                                Duration.ofSeconds(60),
                                1024))
                .with(
                        new WireSettings.Http1(
                                8192,
                                100,
                                32_768,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(60)));
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"));
    }

    @BeforeEach
    void start() throws Exception {
        clear = TestServer.start(settings(), SlowClientTest::routes).owned(Handlers.ECHO);
        secure = TestServer.startTls(settings(), SlowClientTest::routes).owned(Handlers.ECHO);
    }

    @AfterEach
    void stop() {
        clear.close();
        secure.close();
    }

    private List<Socket> connections() throws Exception {
        return List.of(
                new Socket(InetAddress.getLoopbackAddress(), clear.port()),
                TlsClients.connect(secure.port(), "h2"));
    }

    private static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static byte[] settingsFrame() {
        return Http2Format.bytes(Http2Format.SETTINGS, 0, 0, new byte[0]);
    }

    /** Sends the bytes and nothing more; the server must say why it closes. */
    private void isSentAway(int errorCode, byte[]... begun) throws Exception {
        for (Socket socket : connections()) {
            try (socket) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(join(begun));
                assertThat(goAwayCode(socket)).isEqualTo(errorCode);
            }
        }
    }

    private static int goAwayCode(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int code = -1;
        try {
            while (true) {
                Http2Frame frame = Http2Frame.read(in);
                code = frame.type == Http2Format.GOAWAY ? frame.int32(4) : code;
            }
        } catch (EOFException e) {
            return code; // an orderly end, no reset
        }
    }

    /** The pace of a slow client; nothing is concluded from it. */
    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void aPrefaceThatDoesNotEnd() throws Exception {
        for (Socket socket : connections()) {
            try (socket) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(PREFACE, 0, 23);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void noSettings() throws Exception {
        isSentAway(SETTINGS_TIMEOUT, PREFACE);
    }

    @Test
    void settingsThatDoNotEnd() throws Exception {
        isSentAway(SETTINGS_TIMEOUT, PREFACE, Arrays.copyOf(settingsFrame(), 5));
    }

    @Test
    void aFrameThatDoesNotEnd() throws Exception {
        byte[] headers =
                Http2Format.bytes(
                        Http2Format.HEADERS,
                        Http2Format.END_HEADERS,
                        1,
                        Http2Format.block("GET", "/hi"));
        isSentAway(
                ENHANCE_YOUR_CALM,
                PREFACE,
                settingsFrame(),
                Arrays.copyOf(headers, headers.length - 1));
    }

    @Test
    void aFrameHeaderThatDoesNotEnd() throws Exception {
        isSentAway(ENHANCE_YOUR_CALM, PREFACE, settingsFrame(), new byte[3]);
    }

    @Test
    void aHeaderBlockThatDoesNotEnd() throws Exception {
        byte[] begun =
                Http2Format.bytes(Http2Format.HEADERS, 0, 1, Http2Format.block("GET", "/hi"));
        isSentAway(ENHANCE_YOUR_CALM, PREFACE, settingsFrame(), begun);
    }

    @Test
    void aHeaderBlockThatComesDropByDrop() throws Exception {
        try (Http2Client client = Http2Client.open(clear.port())) {
            client.roundTrip(); // so that the client itself has nothing more to say
            client.frame(Http2Client.HEADERS, 0, 1, Http2Client.block("GET", "/hi"));
            long begin = System.nanoTime();
            Eventually.until(
                    "GOAWAY",
                    () -> {
                        client.quietly(() -> client.frame(0x9, 0, 1, new byte[0]));
                        pause(50);
                        return !client.goAways().isEmpty();
                    });
            assertThat(client.goAways().getFirst().int32(4)).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aSlowButSteadyClientIsServed() throws Exception {
        try (Http2Client client = Http2Client.open(clear.port())) {
            clear.owned(Handlers.COUNT);
            client.roundTrip(); // so that the client itself has nothing more to say
            client.headers(1, "POST", "/owned", false);
            client.awaitHeaders(1);
            long begin = System.nanoTime();
            int sent = 0;
            while (System.nanoTime() - begin < Duration.ofSeconds(2).toNanos()) {
                byte[] frame = Http2Client.bytes(Http2Client.DATA, 0, 1, new byte[] {1});
                client.raw(Arrays.copyOf(frame, 4)); // always in the middle of a frame
                pause(20);
                client.raw(Arrays.copyOfRange(frame, 4, frame.length));
                sent++;
            }
            client.data(1, new byte[0], true);
            client.awaitEnd(1);
            assertThat(client.body(1)).isEqualTo(Integer.toString(sent));
        }
    }

    @Test
    void idleConnectionsCostLittleAndLiveOn() throws Exception {
        List<Http2Client> clients = new ArrayList<>();
        try {
            long before = heap();
            for (int i = 0; i < 500; i++) {
                Http2Client client = Http2Client.open(clear.port());
                clients.add(client);
                client.roundTrip();
            }
            assertThat(clear.wires.http2Connections()).isEqualTo(500);
            // with the 64 KiB buffer of each test client
            assertThat((heap() - before) / 500).isLessThan(200_000);
            for (Http2Client client : clients) {
                client.get(1, "/hi");
                client.awaitEnd(1);
            }
        } finally {
            for (Http2Client client : clients) {
                client.close();
            }
        }
        Eventually.until("all are gone", () -> clear.wires.http2Connections() == 0);
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
