package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of HPACK, one each way: what clients do with them, and what they hold. */
class HeaderTablesTest {
    private static final long MUCH = 24 << 20;

    private static final Header KEPT = HeaderValues.create("x-kept", "k".repeat(100));

    private final TestServer server =
            TestServer.start(routing ->
                            routing.get("/hi", (request, response) -> response.send("hi"))
                                    .get(
                                            "/kept",
                                            (request, response) -> {
                                                response.headers().set(KEPT);
                                                response.send("hi");
                                            })
                                    .get(
                                            "/much",
                                            (request, response) -> {
                                                response.headers().set(large("x-much"));
                                                response.send("hi");
                                            }))
                    .owned(stream -> {
                        stream.headers(200, with(large("x-one")), false);
                        stream.trailers(with(large("x-two")));
                    });

    private static Header large(String name) {
        return HeaderValues.create(HeaderNames.create(name), "v".repeat(5000));
    }

    private static WritableHeaders<?> with(Header large) {
        return WritableHeaders.create().set(KEPT).set(large);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Smaller, larger, and full of new fields, with each request. */
    private static byte[] churning(int turn) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {0x20, 0x3f, (byte) 0xe1, 0x1f}); // sizes of 0 and 4,096
        block.writeBytes(Http2Format.block("GET", "/hi"));
        for (int i = 0; i < 150; i++) {
            block.write(0x40);
            text(block, "n%08d-%04d".formatted(turn, i));
            text(block, "v".repeat(40));
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void aClientThatTurnsItsTableOverAllTheTimeCostsNoMoreThanOne() throws Exception {
        try (Http2Client client = Http2Client.open(server.port())) {
            client.keepsBodies = false;
            int id = churn(client, 1, 200);
            long before = heap();
            id = churn(client, id, 5000); // 40 MB of fields
            Eventually.until("nothing is kept", () -> heap() < before + MUCH);
            client.get(id, "/hi");
            client.awaitEnd(id);
            assertThat(client.goAways()).isEmpty();
        }
        Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
    }

    private static int churn(Http2Client client, int from, int requests) throws IOException {
        int id = from;
        for (int i = 0; i < requests; i++, id += 2) {
            client.frame(
                    Http2Format.HEADERS,
                    Http2Format.END_HEADERS | Http2Format.END_STREAM,
                    id,
                    churning(id));
            if (i % 100 == 99) {
                client.awaitEnd(id);
                client.frames.clear();
            }
        }
        return id;
    }

    /** Helidon 4.5.0 never returns where it is to keep a field that its table cannot hold. */
    @Test
    void fieldsLargerThanTheTableAreSent() throws Exception {
        try (Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/owned", true);
            client.awaitEnd(1);
            client.get(3, "/much");
            client.awaitEnd(3);
            client.get(5, "/hi");
            client.awaitEnd(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 4095})
    void aClientWithASmallTableIsSentNothingThatNeedsOne(int size) throws Exception {
        Http2Client.Behaviour behaviour = new Http2Client.Behaviour();
        behaviour.headerTable = size;
        try (Http2Client client = Http2Client.open(server.port(), behaviour)) {
            for (int id = 1; id < 13; id += 2) {
                client.headers(id, "GET", id % 4 == 1 ? "/owned" : "/kept", true);
                client.awaitEnd(id);
            }
            List<Http2Frame> blocks = client.seen(each -> each.type == Http2Format.HEADERS);

            assertThat(blocks).hasSize(9);
            assertThat(blocks.getFirst().payload[0]).as("the table's size").isEqualTo((byte) 0x20);
            assertThat(HeaderBlocks.read(blocks.getFirst().payload)).contains(":status 200");
            for (Http2Frame block : blocks) {
                assertThat(HeaderBlocks.read(block.payload)).isNotEmpty();
            }
        }
    }

    @Test
    void aClientWithTheUsualTableHasShorterHeaders() throws Exception {
        Http2Client.Behaviour behaviour = new Http2Client.Behaviour();
        behaviour.headerTable = 4096;
        try (Http2Client client = Http2Client.open(server.port(), behaviour)) {
            client.get(1, "/kept");
            client.awaitEnd(1);
            client.get(3, "/kept");
            client.awaitEnd(3);
            List<Http2Frame> blocks = client.seen(each -> each.type == Http2Format.HEADERS);

            assertThat(blocks.getLast().payload.length)
                    .isLessThan(blocks.getFirst().payload.length - 50);
        }
    }
}
