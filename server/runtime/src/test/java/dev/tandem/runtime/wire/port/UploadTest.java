package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Request bodies of plain streams: whole, in any frames, and nobody's trouble while unread. */
class UploadTest {
    private static final int WINDOW = 256 * 1024;
    private static final int LARGE = 4 * 1024 * 1024 - 100;

    private final CountDownLatch awake = new CountDownLatch(1);
    private final Semaphore bytesToRead = new Semaphore(0);
    private final AtomicInteger running = new AtomicInteger();
    private TestServer server = TestServer.start(this::routes).owned(Handlers.ECHO);

    private void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .post("/sum", (request, response) -> response.send(sum(request)))
                .post("/late", this::late)
                .post("/slow", this::slow)
                .post("/early", (request, response) -> response.send("early"));
    }

    private void late(ServerRequest request, ServerResponse response) throws Exception {
        running.incrementAndGet();
        try {
            awake.await();
            response.send(sum(request));
        } finally {
            running.decrementAndGet();
        }
    }

    private void slow(ServerRequest request, ServerResponse response) throws Exception {
        int count = 0;
        try (InputStream in = request.content().inputStream()) {
            bytesToRead.acquire();
            while (in.read() >= 0) {
                count++;
                bytesToRead.acquire();
            }
        }
        response.send(Integer.toString(count));
    }

    /** Length and a checksum that tells the order. */
    private static String sum(ServerRequest request) throws IOException {
        long count = 0;
        int hash = 0;
        byte[] buffer = new byte[8192];
        try (InputStream in = request.content().inputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    hash = hash * 31 + buffer[i];
                }
                count += n;
            }
        }
        return count + " " + hash;
    }

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + i / 251);
        }
        return bytes;
    }

    private static String sumOf(byte[] bytes) {
        int hash = 0;
        for (byte b : bytes) {
            hash = hash * 31 + b;
        }
        return bytes.length + " " + hash;
    }

    @AfterEach
    void stop() {
        awake.countDown();
        bytesToRead.release(1 << 20);
        server.close();
    }

    /** Sends as the server's windows allow. */
    private static void send(Http2Client client, int id, byte[] body, int frame, int window) {
        int sent = 0;
        while (sent < body.length) {
            int so = sent;
            Eventually.until(
                    "room for " + id,
                    () ->
                            client.granted(id) + window > so
                                    && client.granted(0) + 65_535 > client.sent());
            long room =
                    Math.min(
                            client.granted(id) + window - sent,
                            client.granted(0) + 65_535 - client.sent());
            int end = (int) Math.min(body.length, sent + Math.min(room, 64 * 1024));
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int at = sent; at < end; at += frame) {
                byte[] part = Arrays.copyOfRange(body, at, Math.min(end, at + frame));
                frames.writeBytes(
                        Http2Client.bytes(
                                Http2Client.DATA,
                                at + part.length == body.length ? Http2Client.END_STREAM : 0,
                                id,
                                part));
            }
            client.quietly(() -> client.rawData(frames.toByteArray(), end - so));
            sent = end;
        }
    }

    // ---- whole

    @Test
    void aLargeBodyArrivesWholeInLargeFrames() throws Exception {
        arrivesWhole(16_384);
    }

    @Test
    void aLargeBodyArrivesWholeInFramesOfOneByte() throws Exception {
        arrivesWhole(1);
    }

    private void arrivesWhole(int frame) throws Exception {
        byte[] body = content(LARGE);
        try (Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/sum", false, "content-length", Integer.toString(LARGE));
            send(client, 1, body, frame, WINDOW);
            client.awaitEnd(1);
            assertThat(client.body(1)).isEqualTo(sumOf(body));
        }
        Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
    }

    @Test
    void aBodyIsReadWholeOverTlsToo() throws Exception {
        server.close();
        server = TestServer.startTls(this::routes).owned(Handlers.ECHO);
        byte[] body = content(1_000_000);
        try (Http2Client client =
                Http2Client.open(
                        TlsClients.connect(server.port(), "h2"), new Http2Client.Behaviour())) {
            client.headers(1, "POST", "/late", false);
            byte[] first = Arrays.copyOf(body, 200_000);
            for (int i = 0; i < first.length; i += 100) {
                client.data(1, Arrays.copyOfRange(first, i, i + 100), false);
            }
            client.countSent(first.length);
            client.get(3, "/hi");
            client.awaitEnd(3);
            awake.countDown();
            client.headers(5, "POST", "/sum", false);
            send(client, 5, body, 1000, WINDOW);
            client.data(1, new byte[0], true);
            client.awaitEnd(1, 5);
            assertThat(client.body(1)).isEqualTo(sumOf(first));
            assertThat(client.body(5)).isEqualTo(sumOf(body));
        }
    }

    @Test
    void aReaderThatIsSlowerThanItsClientGetsEveryByte() throws Exception {
        try (Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/slow", false);
            for (int i = 0; i < 2000; i++) {
                client.data(1, new byte[] {1}, i == 1999);
            }
            client.roundTrip(); // from now on the server's reading thread has nothing to read
            for (int i = 0; i < 2001; i++) {
                bytesToRead.release();
            }
            client.awaitEnd(1);
            assertThat(client.body(1)).isEqualTo("2000");
        }
    }

    // ---- unread

    @Test
    void unreadUploadsStopNobodyElse() throws Exception {
        try (Http2Client client = Http2Client.open(server.port())) {
            for (int id = 1; id <= 31; id += 2) {
                client.headers(id, "POST", "/late", false);
                for (int sent = 0; sent < 200; sent++) {
                    client.data(id, new byte[1000], false);
                }
            }
            List<Long> took = new ArrayList<>();
            for (int id = 101; id < 301; id += 4) {
                long begin = System.nanoTime();
                client.headers(id, "POST", "/owned", false);
                client.data(id, new byte[10], true);
                client.headers(id + 2, "POST", "/sum", false);
                client.data(id + 2, new byte[10], true);
                client.awaitEnd(id, id + 2);
                took.add(System.nanoTime() - begin);
            }
            Collections.sort(took); // a busy machine makes some wait
            assertThat(Duration.ofNanos(took.get(took.size() / 2)))
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(server.wires.heldBytes()).isEqualTo(16 * 200_000);
            awake.countDown();
            for (int id = 1; id <= 31; id += 2) {
                client.data(id, new byte[0], true);
                client.awaitEnd(id);
                assertThat(client.body(id)).isEqualTo(sumOf(new byte[200_000]));
            }
        }
        Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
    }

    @Test
    void anUploadIsHeldBackByItsOwnWindow() throws Exception {
        try (Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/late", false);
            for (int sent = 0; sent < WINDOW; sent += 16_384) {
                client.data(1, new byte[16_384], false);
            }
            client.roundTrip();
            assertThat(client.granted(1)).isZero();
            client.data(1, new byte[1], false);
            assertThat(client.awaitReset(1)).isEqualTo(3);
            client.get(3, "/hi");
            client.awaitEnd(3);
        }
        awake.countDown();
        Eventually.until("the handler ends", () -> running.get() == 0);
        Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
    }

    @Test
    void aCancelledUploadLeavesNothingBehind() throws Exception {
        try (Http2Client client = Http2Client.open(server.port())) {
            for (int id = 1; id < 41; id += 2) {
                client.headers(id, "POST", "/late", false);
                for (int i = 0; i < 100; i++) {
                    client.data(id, new byte[100], false);
                }
                client.reset(id);
            }
            client.get(41, "/hi");
            client.awaitEnd(41);
            awake.countDown();
            Eventually.until("the handlers end", () -> running.get() == 0);
            Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
            assertThat(client.goAways()).isEmpty();
        }
    }

    // ---- odd

    @Test
    void anAnswerBeforeTheEndOfTheBodyArrivesAndTheRestIsTaken() throws Exception {
        try (Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/early", false);
            client.awaitEnd(1);
            send(client, 1, content(1_000_000), 4000, WINDOW);
            client.get(3, "/hi");
            client.awaitEnd(3);
            assertThat(client.goAways()).isEmpty();
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        }
    }

    @Test
    void aBodyThatIsNotAsLongAsItSaysEndsItsStreamOnly() throws Exception {
        try (Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/sum", false, "content-length", "10");
            client.data(1, new byte[11], false);
            assertThat(client.awaitReset(1)).isEqualTo(1);
            client.headers(3, "POST", "/sum", false, "content-length", "10");
            client.data(3, new byte[9], true);
            assertThat(client.awaitReset(3)).isEqualTo(1);
            client.headers(5, "POST", "/owned", false, "content-length", "10");
            client.data(5, new byte[9], true);
            assertThat(client.awaitReset(5)).isEqualTo(1);
            client.headers(7, "POST", "/sum", true, "content-length", "10");
            assertThat(client.awaitReset(7)).isEqualTo(1);
            client.headers(9, "POST", "/sum", false, "content-length", "ten");
            assertThat(client.awaitReset(9)).isEqualTo(1);
            client.headers(11, "POST", "/sum", false, "content-length", "10");
            client.data(11, new byte[4], false);
            client.data(11, new byte[6], true);
            client.awaitEnd(11);
            assertThat(client.goAways()).isEmpty();
        }
        Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
    }

    @Test
    void aBodyThatDoesNotComeEndsItsStreamOnly() throws Exception {
        WireSettings impatient =
                WireSettings.defaults()
                        .with(
                                new WireSettings.Patience(
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(10),
                                        Duration.ofMillis(300),
                                        0));
        server.close();
        server = TestServer.start(impatient, this::routes).owned(Handlers.ECHO);
        try (Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/sum", false);
            client.data(1, new byte[10], false);
            client.headers(3, "POST", "/owned", false);
            assertThat(client.awaitReset(1)).isEqualTo(8);
            client.data(3, new byte[10], true); // an owned stream may be silent
            client.get(5, "/hi");
            client.awaitEnd(3, 5);
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        }
    }
}
