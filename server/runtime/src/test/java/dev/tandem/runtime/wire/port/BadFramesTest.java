package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What breaks the rules of RFC 9113 ends the stream or the connection with the right code; what
 * only looks odd does not.
 */
class BadFramesTest {
    private static final int PROTOCOL_ERROR = 1;
    private static final int FLOW_CONTROL_ERROR = 3;
    private static final int STREAM_CLOSED = 5;
    private static final int FRAME_SIZE_ERROR = 6;
    private static final int COMPRESSION_ERROR = 9;
    private static final int ENHANCE_YOUR_CALM = 11;

    private final CountDownLatch released = new CountDownLatch(1);
    private final TestServer server =
            TestServer.start(BadFramesTest::routes).owned(Handlers.until(released));
    private final Http2Client client;

    BadFramesTest() throws IOException {
        client = Http2Client.open(server.port());
        client.roundTrip(); // so that the client itself says nothing between a test's bytes
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.get(
                        "/hi",
                        (request, response) ->
                                response.send(
                                        request.headers()
                                                .first(io.helidon.http.HeaderNames.create("x-note"))
                                                .orElse("hi")))
                .post(
                        "/count",
                        (request, response) ->
                                response.send(
                                        Integer.toString(
                                                request.content().as(byte[].class).length)));
    }

    @AfterEach
    void stop() throws Exception {
        released.countDown();
        client.close();
        server.close();
    }

    // ---- odd, but allowed

    @Test
    void aHeaderBlockMayComeInSmallFragments() throws Exception {
        byte[] block = Http2Client.block("GET", "/hi", "x-note", "in pieces");
        int third = block.length / 3;
        client.frame(Http2Client.HEADERS, Http2Client.END_STREAM, 1, Arrays.copyOf(block, third));
        client.frame(Http2Client.CONTINUATION, 0, 1, Arrays.copyOfRange(block, third, 2 * third));
        client.frame(
                Http2Client.CONTINUATION,
                Http2Client.END_HEADERS,
                1,
                Arrays.copyOfRange(block, 2 * third, block.length));
        client.awaitEnd(1);
        assertThat(client.body(1)).isEqualTo("in pieces");
    }

    @Test
    void aHeaderBlockMayBePaddedAndPrioritisedAndContinued() throws Exception {
        byte[] block = Http2Client.block("GET", "/hi", "x-note", "padded");
        int half = block.length / 2;
        byte[] first = new byte[1 + 5 + half + 7];
        first[0] = 7;
        first[4] = 9; // depends on stream 9
        System.arraycopy(block, 0, first, 6, half);
        int priority = 0x20;
        client.frame(
                Http2Client.HEADERS,
                Http2Client.END_STREAM | Http2Client.PADDED | priority,
                1,
                first);
        client.frame(
                Http2Client.CONTINUATION,
                Http2Client.END_HEADERS,
                1,
                Arrays.copyOfRange(block, half, block.length));
        client.awaitEnd(1);
        assertThat(client.body(1)).isEqualTo("padded");
    }

    @Test
    void theWholeConversationMayComeByteByByte() throws Exception {
        byte[] request =
                Http2Client.bytes(
                        Http2Client.HEADERS,
                        Http2Client.END_HEADERS | Http2Client.END_STREAM,
                        1,
                        Http2Client.block("GET", "/hi"));
        for (byte b : request) {
            client.raw(new byte[] {b});
        }
        client.awaitEnd(1);
        assertThat(client.body(1)).isEqualTo("hi");
    }

    @Test
    void aPlainBodyMayEndWithTrailers() throws Exception {
        client.headers(1, "POST", "/count", false);
        client.data(1, new byte[1234], false);
        byte[] trailers = {0, 1, 'x', 1, '1'};
        client.frame(
                Http2Client.HEADERS, Http2Client.END_HEADERS | Http2Client.END_STREAM, 1, trailers);
        client.awaitEnd(1);
        assertThat(client.body(1)).isEqualTo("1234");
    }

    @Test
    void framesOfUnknownTypeAreIgnored() throws Exception {
        client.frame(0x42, 0xff, 0, new byte[100]);
        client.get(1, "/hi");
        client.awaitEnd(1);
    }

    // ---- the stream ends

    @Test
    void aRequestThatIsNoneLosesItsStreamOnly() throws Exception {
        client.headers(1, "POST", "/owned", false, "connection", "close");
        assertThat(client.awaitReset(1)).isEqualTo(PROTOCOL_ERROR);
        client.headers(3, "GET", "", true);
        assertThat(client.awaitReset(3)).isEqualTo(PROTOCOL_ERROR);
        client.headers(5, "GET", "/a b", true); // is answered with 400
        client.awaitEnd(5);
        client.headers(7, "GE\u0001T", "/hi", true);
        assertThat(client.awaitReset(7)).isEqualTo(PROTOCOL_ERROR);
        client.headers(9, "GET", "/hi", true, "x\u0001y", "1");
        assertThat(client.awaitReset(9)).isEqualTo(PROTOCOL_ERROR);
        client.headers(11, "GET", "/hi", true, "x-y", "a\u0001b");
        assertThat(client.awaitReset(11)).isEqualTo(PROTOCOL_ERROR);
        client.get(13, "/hi");
        client.awaitEnd(13);
    }

    @Test
    void headersAboveTheLimitAreAnsweredAndTheConnectionLivesOn() throws Exception {
        client.headers(1, "GET", "/hi", true, "x-a", "a".repeat(9000), "x-b", "b".repeat(7250));
        client.headers(
                5, "POST", "/owned", false, "x-a", "a".repeat(9000), "x-b", "b".repeat(7250));
        client.awaitEnd(1, 5);
        assertThat(client.body(1)).contains("headers_too_large").contains("16384 bytes");
        assertThat(client.body(5)).isEqualTo(client.body(1));
        assertThat(client.awaitReset(5)).isZero(); // its body need not come
        client.headers(7, "GET", "/hi", true, "x-note", "n".repeat(12_000));
        client.awaitEnd(7);
        assertThat(client.body(7)).hasSize(12_000);
    }

    @Test
    void dataAfterTheEndOfTheClientsSideEndsTheStream() throws Exception {
        client.headers(1, "POST", "/owned", true);
        client.awaitHeaders(1);
        client.data(1, new byte[1], false);
        assertThat(client.awaitReset(1)).isEqualTo(STREAM_CLOSED);
        client.get(3, "/hi");
        client.awaitEnd(3);
    }

    @Test
    void anIncrementOfZeroEndsTheStream() throws Exception {
        client.headers(1, "POST", "/owned", true);
        client.frame(Http2Client.WINDOW_UPDATE, 0, 1, new byte[4]);
        assertThat(client.awaitReset(1)).isEqualTo(PROTOCOL_ERROR);
        client.get(3, "/hi");
        client.awaitEnd(3);
    }

    @Test
    void aStreamsWindowAboveTheLargestEndsTheStream() throws Exception {
        client.headers(1, "POST", "/owned", true);
        client.frame(Http2Client.WINDOW_UPDATE, 0, 1, Http2Client.int32(Integer.MAX_VALUE));
        assertThat(client.awaitReset(1)).isEqualTo(FLOW_CONTROL_ERROR);
        client.get(3, "/hi");
        client.awaitEnd(3);
    }

    @Test
    void trailersThatAreMalformedOrComeTwiceEndTheStream() throws Exception {
        byte[] trailers = {0, 1, 'x', 1, '1'};
        byte[] upperCase = {0, 1, 'X', 1, '1'};
        int last = Http2Client.END_HEADERS | Http2Client.END_STREAM;
        client.headers(1, "POST", "/owned", false);
        client.frame(Http2Client.HEADERS, last, 1, trailers);
        client.frame(Http2Client.HEADERS, last, 1, trailers);
        assertThat(client.awaitReset(1)).isEqualTo(STREAM_CLOSED);
        client.headers(3, "POST", "/owned", false);
        client.frame(Http2Client.HEADERS, last, 3, upperCase);
        assertThat(client.awaitReset(3)).isEqualTo(PROTOCOL_ERROR);
        client.headers(5, "POST", "/owned", false);
        client.frame(Http2Client.HEADERS, Http2Client.END_HEADERS, 5, trailers);
        assertThat(client.awaitReset(5)).isEqualTo(PROTOCOL_ERROR);
        client.get(7, "/hi");
        client.awaitEnd(7);
    }

    // ---- the connection ends

    @Test
    void aPushOfTheClients() throws Exception {
        client.frame(5, Http2Client.END_HEADERS, 1, new byte[] {0, 0, 0, 2});
        ends(PROTOCOL_ERROR);
    }

    private void ends(int errorCode) {
        assertThat(client.awaitConnectionError()).isEqualTo(errorCode);
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    @Test
    void aFrameLargerThanAllowed() throws Exception {
        client.headers(1, "POST", "/owned", false);
        byte[] tooLarge = Http2Client.bytes(Http2Client.DATA, 0, 1, new byte[16_385]);
        for (int i = 0; i < 20; i++) { // what the server leaves unread may not cost its GOAWAY
            client.raw(tooLarge);
        }
        ends(FRAME_SIZE_ERROR);
    }

    @Test
    void anotherFrameInsideAHeaderBlock() throws Exception {
        client.frame(Http2Client.HEADERS, 0, 1, Http2Client.block("GET", "/hi"));
        client.frame(Http2Client.PING, 0, 0, new byte[8]);
        ends(PROTOCOL_ERROR);
    }

    @Test
    void aContinuationOfAnotherStream() throws Exception {
        client.frame(Http2Client.HEADERS, 0, 1, Http2Client.block("GET", "/hi"));
        client.frame(Http2Client.CONTINUATION, Http2Client.END_HEADERS, 3, new byte[0]);
        ends(PROTOCOL_ERROR);
    }

    @Test
    void aContinuationOfNothing() throws Exception {
        client.frame(Http2Client.CONTINUATION, Http2Client.END_HEADERS, 1, new byte[0]);
        ends(PROTOCOL_ERROR);
    }

    @Test
    void aFloodOfEmptyContinuations() throws Exception {
        client.frame(Http2Client.HEADERS, 0, 1, new byte[0]);
        for (int i = 0; i < 32; i++) { // with HEADERS one more than allowed, and none left unread
            client.frame(Http2Client.CONTINUATION, 0, 1, new byte[0]);
        }
        ends(ENHANCE_YOUR_CALM);
    }

    @Test
    void headersThatCannotBeDecoded() throws Exception {
        byte[] nameWithoutEnd = {0, 100, 'a'};
        client.frame(Http2Client.HEADERS, Http2Client.END_HEADERS, 1, nameWithoutEnd);
        ends(COMPRESSION_ERROR);
    }

    @Test
    void paddingLongerThanItsFrame() throws Exception {
        client.headers(1, "POST", "/owned", false);
        client.frame(Http2Client.DATA, Http2Client.PADDED, 1, (byte) 5, (byte) 0);
        ends(PROTOCOL_ERROR);
    }

    @Test
    void dataForAStreamThatWasNeverOpened() throws Exception {
        client.data(1, new byte[1], true);
        ends(PROTOCOL_ERROR);
    }

    @Test
    void anEvenStream() throws Exception {
        client.get(2, "/hi");
        ends(PROTOCOL_ERROR);
    }

    @Test
    void aStreamBelowTheLastOne() throws Exception {
        client.get(5, "/hi");
        client.awaitEnd(5);
        client.get(3, "/hi");
        ends(PROTOCOL_ERROR);
    }

    @Test
    void aConnectionWindowAboveTheLargest() throws Exception {
        client.frame(Http2Client.WINDOW_UPDATE, 0, 0, Http2Client.int32(Integer.MAX_VALUE));
        ends(FLOW_CONTROL_ERROR);
    }

    @Test
    void anInitialWindowAboveTheLargest() throws Exception {
        client.frame(
                Http2Client.SETTINGS,
                0,
                0,
                (byte) 0,
                (byte) 4,
                (byte) 0x80,
                (byte) 0,
                (byte) 0,
                (byte) 0);
        ends(FLOW_CONTROL_ERROR);
    }

    @Test
    void aWindowUpdateOfTheWrongLength() throws Exception {
        client.frame(Http2Client.WINDOW_UPDATE, 0, 0, new byte[3]);
        ends(FRAME_SIZE_ERROR);
    }
}
