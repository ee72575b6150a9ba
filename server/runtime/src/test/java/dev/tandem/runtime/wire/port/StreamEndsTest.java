package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that end early, late frames for them, and clients that leave plain calls. */
class StreamEndsTest {
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final TestServer server = TestServer.start(this::routes).owned(Handlers.ECHO);
    private final Http2Client client;

    StreamEndsTest() throws IOException {
        client = Http2Client.open(server.port());
    }

    private void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .get("/wait", this::waitForClient)
                .get("/throw", (request, response) -> throwClose())
                .post("/read", this::read)
                .post("/ignore", (request, response) -> response.send("early"));
    }

    private static void throwClose() {
        throw new CloseConnectionException("on purpose");
    }

    private void waitForClient(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        running.incrementAndGet();
        try (Registration gone = Peer.onGone(request, left::countDown)) {
            assertThat(gone).isNotNull();
            left.await(20, TimeUnit.SECONDS);
            throw new CloseConnectionException("the client left");
        } finally {
            running.decrementAndGet();
        }
    }

    private void read(ServerRequest request, ServerResponse response) throws IOException {
        running.incrementAndGet();
        try (var in = request.content().inputStream()) {
            long count = in.transferTo(java.io.OutputStream.nullOutputStream());
            response.send(Long.toString(count));
        } finally {
            running.decrementAndGet();
        }
    }

    @AfterEach
    void stop() throws Exception {
        released.countDown();
        client.close();
        server.close();
    }

    private void connectionIsWell(int freeId) throws IOException {
        client.get(freeId, "/hi");
        client.headers(freeId + 2, "POST", "/owned", false);
        client.data(freeId + 2, new byte[10], true);
        client.awaitEnd(freeId, freeId + 2);
        assertThat(client.goAways()).isEmpty();
    }

    // ---- late frames

    @Test
    void aLateResetForAFinishedStreamIsHarmless() throws Exception {
        server.owned(Handlers.HELLO);
        client.headers(1, "POST", "/owned", true);
        client.get(3, "/hi");
        client.get(5, "/wait");
        client.awaitEnd(1, 3);
        client.reset(1);
        client.reset(3);
        client.reset(3);
        connectionIsWell(7);
    }

    @Test
    void dataThatComesAfterTheClientsOwnResetIsHarmless() throws Exception {
        server.owned(Handlers.until(released));
        client.headers(1, "POST", "/owned", false);
        client.headers(3, "POST", "/read", false);
        client.data(1, new byte[100], false);
        client.data(3, new byte[100], false);
        client.reset(1);
        client.reset(3);
        for (int i = 0; i < 50; i++) {
            client.data(1, new byte[10_000], false);
            client.data(3, new byte[10_000], false);
        }
        server.owned(Handlers.ECHO);
        connectionIsWell(5);
    }

    @Test
    void resetsThatCrossTheEndOfTheirStreamsAreHarmless() throws Exception {
        server.owned(Handlers.HELLO);
        for (int id = 1; id < 2000; id += 2) {
            if (id % 4 == 1) {
                client.headers(id, "POST", "/owned", true);
            } else {
                client.get(id, "/hi");
            }
            if (id > 5) {
                client.reset(id - 4);
            }
        }
        server.owned(Handlers.ECHO);
        client.roundTrip();
        connectionIsWell(2001);
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    @Test
    void trailersForAStreamThatWasResetAreHarmless() throws Exception {
        client.headers(1, "POST", "/owned", false);
        client.reset(1);
        client.headers(1, "POST", "/owned", true, "x-late", "1");
        connectionIsWell(3);
    }

    // ---- many

    @Test
    void manyCancelsDoNotEndTheConnection() throws Exception {
        server.owned(Handlers.until(released));
        for (int id = 1; id < 1600; id += 2) {
            if (id % 4 == 1) {
                client.headers(id, "POST", "/owned", false);
            } else {
                client.get(id, "/wait");
            }
            client.reset(id);
        }
        released.countDown();
        server.owned(Handlers.ECHO);
        client.roundTrip();
        connectionIsWell(1601);
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        Eventually.until("the routing's handlers end", () -> running.get() == 0);
    }

    @Test
    void aFloodOfCancelsEndsTheConnection() throws Exception {
        WireSettings strict =
                WireSettings.defaults()
                        .with(new WireSettings.Streams(1000, 65_535, 1 << 20, 16 * 1024, 100));
        try (TestServer guarded = TestServer.start(strict, routing -> {});
                Http2Client flooder = Http2Client.open(guarded.port())) {
            guarded.owned(stream -> released.await()); // a stream that is answered is not wasted
            for (int id = 1; id <= 203; id += 2) {
                flooder.headers(id, "POST", "/owned", false);
                flooder.reset(id);
            }
            assertThat(flooder.awaitConnectionError()).isEqualTo(11);
            released.countDown();
        }
    }

    // ---- plain calls whose client leaves

    @Test
    void aResetOfAPlainCallRunsOnGone() throws Exception {
        client.get(1, "/wait");
        Eventually.until("the call runs", () -> running.get() == 1);
        client.reset(1);
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        Eventually.until("the handler ends", () -> running.get() == 0);
        connectionIsWell(3);
    }

    @Test
    void theEndOfTheConnectionRunsOnGoneOfAPlainCall() throws Exception {
        client.get(1, "/wait");
        Eventually.until("the call runs", () -> running.get() == 1);
        client.close();
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPlainHandlerThatWaitsForABodyIsWokenByTheEndOfTheConnection() throws Exception {
        client.headers(1, "POST", "/read", false);
        Eventually.until("the handler reads", () -> running.get() == 1);
        client.close();
        Eventually.until("the handler ends", () -> running.get() == 0);
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    @Test
    void aPlainHandlerThatWaitsForABodyIsWokenByAReset() throws Exception {
        client.headers(1, "POST", "/read", false);
        Eventually.until("the handler reads", () -> running.get() == 1);
        client.reset(1);
        Eventually.until("the handler ends", () -> running.get() == 0);
        connectionIsWell(3);
    }

    @Test
    void aPlainHandlerThatGivesUpResetsItsStreamAndNothingIsLeftOver() throws Exception {
        client.headers(1, "GET", "/throw", true);
        assertThat(client.awaitReset(1)).isEqualTo(5);
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        connectionIsWell(3);
    }

    @Test
    void clientsThatLeaveAreNotLogged() throws Exception {
        try (LogCapture log = LogCapture.start()) {
            server.owned(Handlers.flood(1000));
            client.keepsBodies = false;
            client.headers(1, "POST", "/owned", true);
            client.get(3, "/wait");
            client.headers(5, "POST", "/read", false);
            client.awaitHeaders(1);
            Eventually.until("the calls run", () -> running.get() == 2);
            client.reset(1);
            client.socket.setSoLinger(true, 0);
            client.close();
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
            Eventually.until("the handlers end", () -> running.get() == 0);
            assertThat(log.text()).isEmpty();
        }
    }
}
