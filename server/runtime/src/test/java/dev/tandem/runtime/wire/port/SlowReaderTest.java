package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that reads slowly, or not at all, costs a bounded amount of memory. */
class SlowReaderTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int EVENT = 500;

    private final AtomicInteger running = new AtomicInteger();
    private final TestServer server =
            TestServer.start(WireSettings.defaults(), this::routes).owned(Handlers.flood(EVENT));

    private void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi")).get("/events", this::events);
    }

    private void events(ServerRequest request, ServerResponse response) throws IOException {
        running.incrementAndGet();
        response.header(HeaderValues.create("content-type", "text/event-stream"));
        try (OutputStream out = response.outputStream()) {
            byte[] event =
                    ("data: " + "x".repeat(EVENT - 8) + "\n\n").getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(event);
                out.flush();
            }
        } finally {
            running.decrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Http2Client.Behaviour greedy() {
        Http2Client.Behaviour greedy = new Http2Client.Behaviour();
        greedy.initialWindow = Integer.MAX_VALUE;
        greedy.moreConnectionWindow = Integer.MAX_VALUE - 65_535;
        greedy.receiveBuffer = 16 * 1024;
        greedy.givesStreamWindow = false;
        greedy.givesConnectionWindow = false;
        return greedy;
    }

    private static void openAll(Http2Client client, boolean owned, boolean plain)
            throws IOException {
        for (int id = 1; id < 2 * 1000; id += 2) {
            if (owned && (id % 4 == 1 || !plain)) {
                client.headers(id, "POST", "/owned", true);
            } else {
                client.get(id, "/events");
            }
        }
    }

    private void awaitSteady() {
        int[] last = {-1, 0};
        Eventually.until(
                "what is held is steady",
                () -> {
                    int now = server.wires.heldBytes();
                    last[1] = now == last[0] ? last[1] + 1 : 0;
                    last[0] = now;
                    return last[1] > 300;
                });
    }

    @Test
    void aThousandUnreadStreamsHoldLessThanAMebibyte() throws Exception {
        for (int kind = 1; kind <= 3; kind++) {
            Http2Client.Behaviour greedy = greedy();
            try (Http2Client client = Http2Client.open(server.port(), greedy)) {
                client.keepsBodies = false;
                client.roundTrip();
                greedy.reads = false;
                openAll(client, (kind & 1) != 0, (kind & 2) != 0);
                awaitSteady();
                assertThat(server.wires.heldBytes()).isLessThan(MEBIBYTE);
            }
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
            Eventually.until("the routing's senders end", () -> running.get() == 0);
        }
    }

    @Test
    void aThousandStreamsBehindAShutConnectionWindowHoldLessThanAMebibyte() throws Exception {
        Http2Client.Behaviour shut = new Http2Client.Behaviour();
        shut.initialWindow = Integer.MAX_VALUE;
        shut.givesConnectionWindow = false;
        shut.givesStreamWindow = false;
        try (Http2Client client = Http2Client.open(server.port(), shut)) {
            client.keepsBodies = false;
            openAll(client, false, true);
            Eventually.until("the window is used up", () -> client.received() == 65_535);
            awaitSteady();
            assertThat(server.wires.heldBytes()).isLessThan(MEBIBYTE);
            client.window(0, 10 * MEBIBYTE);
            Eventually.until("all goes on", () -> client.received() == 65_535 + 10 * MEBIBYTE);
            assertThat(client.overran()).isFalse();
        }
        Eventually.until("the routing's senders end", () -> running.get() == 0);
    }

    @Test
    void theHeapGrowsByNoMoreThanThatAndTheHandlersOwn() throws Exception {
        Http2Client.Behaviour greedy = greedy();
        try (Http2Client client = Http2Client.open(server.port(), greedy)) {
            client.keepsBodies = false;
            client.roundTrip();
            greedy.reads = false;
            for (int id = 1; id < 40; id += 2) {
                if (id % 4 == 1) {
                    client.headers(id, "POST", "/owned", true);
                } else {
                    client.get(id, "/events");
                }
            }
            awaitSteady();
            long last = heap();
            long grown = MEBIBYTE;
            // whoever could go on would, from here on; on a busy machine some begin late
            for (int i = 0; i < 5 && grown >= MEBIBYTE; i++) {
                for (int j = 0; j < 3; j++) {
                    awaitSteady();
                }
                grown = heap() - last;
                last += grown;
            }
            assertThat(grown).isLessThan(MEBIBYTE);
        }
    }

    @Test
    void aReaderOfAByteAtATimeHoldsLittleAndStopsNobodyElse() throws Exception {
        Http2Client.Behaviour behaviour = new Http2Client.Behaviour();
        behaviour.initialWindow = 0;
        try (Http2Client client = Http2Client.open(server.port(), behaviour);
                Http2Client other = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/owned", true);
            client.get(3, "/events");
            client.awaitHeaders(3);
            for (int i = 1; i <= 300; i++) {
                int so = i;
                client.behaviour.mutedStreams.add(1);
                client.behaviour.mutedStreams.add(3);
                client.window(1, 1);
                client.window(3, 1);
                Eventually.until(
                        "a byte each", () -> client.received(1) == so && client.received(3) == so);
            }
            assertThat(server.wires.heldBytes()).isLessThan(100_000);
            other.get(1, "/hi");
            other.awaitEnd(1);
            assertThat(client.overran()).isFalse();
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
