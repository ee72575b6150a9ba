package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowControlTest {
    private static final int BACKLOG = 128 * 1024;
    private static final int AHEAD = 32 * 1024;

    private final AtomicInteger floods = new AtomicInteger();
    private final TestServer server =
            TestServer.start(FlowControlTest.settings(), this::routes).owned(Handlers.flood(1000));

    private static WireSettings settings() {
        return WireSettings.defaults()
                .with(new WireSettings.Streams(1000, 65_535, 256 * 1024, 16 * 1024, 10_000));
    }

    private void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .get("/flood", this::flood)
                .get("/send", FlowControlTest::sendMuch)
                .post(
                        "/count",
                        (request, response) ->
                                response.send(
                                        Integer.toString(
                                                request.content().as(byte[].class).length)));
    }

    private void flood(ServerRequest request, ServerResponse response) throws IOException {
        floods.incrementAndGet();
        try (var out = response.outputStream()) {
            byte[] piece = new byte[1000];
            while (true) {
                out.write(piece);
                out.flush();
            }
        } finally {
            floods.decrementAndGet();
        }
    }

    private static void sendMuch(ServerRequest request, ServerResponse response)
            throws IOException {
        try (var out = response.outputStream()) {
            byte[] piece = new byte[5000];
            for (int i = 0; i < 100; i++) {
                out.write(piece);
            }
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Http2Client open(Http2Client.Behaviour behaviour) throws IOException {
        Http2Client client = Http2Client.open(server.port(), behaviour);
        client.keepsBodies = false;
        return client;
    }

    // ---- what we send

    @Test
    void aSocketThatIsNotReadHoldsNoMoreThanTheBacklog() throws Exception {
        Http2Client.Behaviour greedy = new Http2Client.Behaviour();
        greedy.initialWindow = Integer.MAX_VALUE;
        greedy.moreConnectionWindow = Integer.MAX_VALUE - 65_535;
        greedy.receiveBuffer = 16 * 1024;
        greedy.givesStreamWindow = false;
        greedy.givesConnectionWindow = false;
        try (Http2Client client = open(greedy)) {
            client.roundTrip();
            greedy.reads = false;
            for (int id = 1; id <= 15; id += 4) {
                client.headers(id, "POST", "/owned", true);
                client.get(id + 2, "/flood");
            }
            awaitSteady();
            // one write in progress, as much again waiting, and a frame of each sender on top
            assertThat(server.wires.heldBytes()).isLessThanOrEqualTo(BACKLOG + 8 * 16_400);
        }
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        Eventually.until("the routing's senders end", () -> floods.get() == 0);
    }

    @Test
    void aShutConnectionWindowHoldsNoMoreThanItsShareOfEachPlainStream() throws Exception {
        Http2Client.Behaviour shut = new Http2Client.Behaviour();
        shut.initialWindow = Integer.MAX_VALUE;
        shut.givesConnectionWindow = false;
        shut.givesStreamWindow = false;
        try (Http2Client client = open(shut)) {
            for (int id = 1; id <= 15; id += 4) {
                client.headers(id, "POST", "/owned", true);
                client.get(id + 2, "/flood");
            }
            Eventually.until("the window is used up", () -> client.received() == 65_535);
            awaitSteady();
            assertThat(server.wires.heldBytes()).isLessThanOrEqualTo(4 * (AHEAD + 1000));
            for (int id = 1; id <= 15; id += 2) {
                client.reset(id);
            }
            Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
            Eventually.until("the routing's senders end", () -> floods.get() == 0);
            client.window(0, 100_000);
            client.get(101, "/hi");
            client.awaitEnd(101);
            assertThat(client.overran()).isFalse();
        }
    }

    @Test
    void answersWithoutABodyPassAShutConnectionWindow() throws Exception {
        Http2Client.Behaviour shut = new Http2Client.Behaviour();
        shut.initialWindow = Integer.MAX_VALUE;
        shut.givesConnectionWindow = false;
        try (Http2Client client = open(shut)) {
            client.get(1, "/flood");
            Eventually.until("the window is used up", () -> client.received() == 65_535);
            server.owned(
                    stream -> stream.headers(204, io.helidon.http.WritableHeaders.create(), true));
            client.headers(3, "POST", "/owned", true);
            client.awaitEnd(3);
        }
    }

    @Test
    void ownedAndPlainStreamsShareANarrowConnectionWindowFairly() throws Exception {
        Http2Client.Behaviour narrow = new Http2Client.Behaviour();
        narrow.initialWindow = Integer.MAX_VALUE;
        narrow.givesConnectionWindow = false;
        try (Http2Client client = open(narrow)) {
            client.headers(1, "POST", "/owned", true);
            client.get(3, "/flood");
            Eventually.until("the window is used up", () -> client.received() == 65_535);
            long before1 = client.received(1);
            long before3 = client.received(3);
            for (int i = 1; i <= 100; i++) {
                long expected = 65_535 + i * 1000L;
                client.window(0, 1000);
                Eventually.until("the credit is used", () -> client.received() == expected);
            }
            assertThat(client.received(1) - before1).isGreaterThan(20_000);
            assertThat(client.received(3) - before3).isGreaterThan(20_000);
            assertThat(client.overran()).isFalse();
        }
    }

    @Test
    void oneUnreadStreamDoesNotStopOthers() throws Exception {
        Http2Client.Behaviour behaviour = new Http2Client.Behaviour();
        behaviour.moreConnectionWindow = 1 << 30;
        behaviour.mutedStreams.add(1);
        behaviour.mutedStreams.add(3);
        try (Http2Client client = open(behaviour)) {
            client.headers(1, "POST", "/owned", true);
            client.get(3, "/flood");
            Eventually.until(
                    "both windows are used up",
                    () -> client.received(1) == 65_535 && client.received(3) == 65_535);
            server.owned(Handlers.send(2000, 1000));
            client.headers(5, "POST", "/owned", true);
            client.get(7, "/send");
            client.awaitEnd(5, 7);
            assertThat(client.received(5)).isEqualTo(2_000_000);
            assertThat(client.received(7)).isEqualTo(500_000);
            client.window(1, 10_000);
            client.window(3, 10_000);
            Eventually.until(
                    "both go on",
                    () -> client.received(1) == 75_535 && client.received(3) == 75_535);
            assertThat(client.overran()).isFalse();
        }
    }

    @Test
    void aPlainStreamStoppedByTheConnectionGoesOnWhenItOpens() throws Exception {
        Http2Client.Behaviour behaviour = new Http2Client.Behaviour();
        behaviour.initialWindow = 1 << 20;
        behaviour.givesConnectionWindow = false;
        try (Http2Client client = open(behaviour)) {
            client.get(1, "/send");
            Eventually.until("the window is used up", () -> client.received() == 65_535);
            client.window(0, 1);
            Eventually.until("one byte more", () -> client.received() == 65_536);
            client.window(0, 1 << 20);
            client.awaitEnd(1);
            assertThat(client.received(1)).isEqualTo(500_000);
            assertThat(client.overran()).isFalse();
        }
    }

    @Test
    void aLoweredInitialWindowMayTurnNegativeAndHoldsUntilItIsPositiveAgain() throws Exception {
        Http2Client.Behaviour behaviour = new Http2Client.Behaviour();
        behaviour.initialWindow = 40_000;
        behaviour.moreConnectionWindow = 1 << 30;
        behaviour.givesStreamWindow = false;
        try (Http2Client client = open(behaviour)) {
            client.headers(1, "POST", "/owned", true);
            client.get(3, "/flood");
            awaitReceived(client, 40_000);
            client.initialWindow(10_000);
            client.roundTrip();
            assertThat(client.window(1)).isEqualTo(-30_000);
            client.window(1, 20_000);
            client.window(3, 20_000);
            client.roundTrip();
            awaitReceived(client, 40_000);
            client.window(1, 15_000);
            client.window(3, 15_000);
            awaitReceived(client, 45_000);
            client.initialWindow(110_000);
            awaitReceived(client, 145_000);
            assertThat(client.overran()).isFalse();
        }
    }

    private static void awaitReceived(Http2Client client, long bytes) {
        Eventually.until(
                "both got " + bytes,
                () -> client.received(1) == bytes && client.received(3) == bytes);
    }

    /** What is held no longer grows. */
    private void awaitSteady() {
        int[] last = {-1, 0};
        Eventually.until(
                "what is held is steady",
                () -> {
                    int now = server.wires.heldBytes();
                    last[1] = now == last[0] ? last[1] + 1 : 0;
                    last[0] = now;
                    return last[1] > 200;
                });
    }

    // ---- what we receive

    @Test
    void aSlowHandlerHoldsItsClientBackAndNobodyElse() throws Exception {
        CountDownLatch awake = new CountDownLatch(1);
        server.owned(stream -> {
            awake.await();
            Handlers.COUNT.handle(stream);
        });
        try (Http2Client client = open(new Http2Client.Behaviour())) {
            client.headers(1, "POST", "/owned", false);
            for (int i = 0; i < 4; i++) {
                client.data(1, new byte[16_000], false);
            }
            client.roundTrip();
            assertThat(updates(client, 1)).isZero();
            assertThat(server.wires.heldBytes()).isEqualTo(64_000);
            client.get(3, "/hi");
            client.headers(5, "POST", "/count", false);
            client.data(5, new byte[10_000], true);
            client.awaitEnd(3, 5);
            awake.countDown();
            Eventually.until("the window is given back", () -> updates(client, 1) > 0);
            client.data(1, new byte[1000], true);
            client.awaitEnd(1);
            Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
        }
    }

    @Test
    void manyFullStreamsLeaveTheConnectionOpen() throws Exception {
        CountDownLatch awake = new CountDownLatch(1);
        server.owned(stream -> {
            awake.await();
            Handlers.COUNT.handle(stream);
        });
        try (Http2Client client = open(new Http2Client.Behaviour())) {
            client.keepsBodies = true;
            for (int id = 1; id <= 5; id += 2) {
                client.headers(id, "POST", "/owned", false);
                for (int i = 0; i < 4; i++) {
                    client.data(id, new byte[16_000], false);
                }
            }
            client.headers(7, "POST", "/count", false);
            client.data(7, new byte[10_000], true);
            client.awaitEnd(7);
            assertThat(updates(client, 0)).isGreaterThan(180_000);
            awake.countDown();
            for (int id = 1; id <= 5; id += 2) {
                client.data(id, new byte[0], true);
            }
            client.awaitEnd(1, 3, 5);
            assertThat(client.body(5)).isEqualTo("64000");
        }
    }

    @Test
    void aClientThatIgnoresAStreamsWindowLosesTheStream() throws Exception {
        CountDownLatch awake = new CountDownLatch(1);
        server.owned(Handlers.until(awake));
        try (Http2Client client = open(new Http2Client.Behaviour())) {
            client.headers(1, "POST", "/owned", false);
            for (int i = 0; i < 5; i++) {
                client.data(1, new byte[16_000], false);
            }
            assertThat(client.awaitReset(1)).isEqualTo(3);
            client.get(3, "/hi");
            client.awaitEnd(3);
        }
        awake.countDown();
    }

    @Test
    void aClientThatIgnoresTheConnectionsWindowLosesTheConnection() throws Exception {
        CountDownLatch awake = new CountDownLatch(1);
        server.owned(Handlers.until(awake));
        try (Http2Client client = open(new Http2Client.Behaviour())) {
            for (int id = 1; id <= 21; id += 2) {
                client.headers(id, "POST", "/owned", false);
                for (int i = 0; i < 4; i++) {
                    client.data(id, new byte[16_000], false);
                }
            }
        } catch (IOException e) {
            assertThat(e).isNotNull(); // the server may have closed already
        }
        awake.countDown();
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    private static long updates(Http2Client client, int id) {
        return client
                .seen(frame -> frame.type == Http2Client.WINDOW_UPDATE && frame.id == id)
                .stream()
                .mapToLong(frame -> frame.int32(0))
                .sum();
    }
}
