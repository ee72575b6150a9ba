package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnedStreamTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    private final TestServer server =
            TestServer.start(
                    routing -> routing.get("/hi", (request, response) -> response.send("hi")));
    private Http2Client client = openClient();

    private Http2Client openClient() {
        try {
            return Http2Client.open(server.port());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void echo() {
        server.owned(Handlers.ECHO);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void whatIsSentComesBackAndTrailersEndTheStream() throws Exception {
        client.headers(1, "POST", "/owned", false);
        client.data(1, HELLO, false);
        Eventually.until("the echo", () -> client.body(1).equals("hello"));
        assertThat(client.ended(1)).isFalse();
        client.data(1, HELLO, true);
        client.awaitEnd(1);
        assertThat(client.body(1)).isEqualTo("hellohello");
        assertThat(client.resetCode(1)).isEqualTo(-1);
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    @Test
    void theHandlerSeesTheRequestAsItWasSent() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        server.owned(stream -> {
            seen.complete(
                    stream.method()
                            + " "
                            + stream.path()
                            + " "
                            + stream.headers().get(HeaderNames.CONTENT_TYPE).get()
                            + " "
                            + stream.headers().get(HeaderNames.HOST).get()
                            + " "
                            + stream.peer().host()
                            + " "
                            + stream.secure());
            Handlers.HELLO.handle(stream);
        });
        client.headers(1, "PUT", "/owned/a%20b?c=d", true, "content-type", "application/x");
        client.awaitEnd(1);
        assertThat(seen.get()).isEqualTo("PUT /owned/a%20b?c=d application/x x 127.0.0.1 false");
    }

    @Test
    void aHandlerMayAnswerWithHeadersOnly() throws Exception {
        server.owned(stream -> stream.headers(404, WritableHeaders.create(), true));
        client.headers(1, "POST", "/owned", true);
        client.awaitEnd(1);
        assertThat(client.received(1)).isZero();
    }

    @Test
    void ownedAndPlainStreamsShareAConnection() throws Exception {
        client.headers(1, "POST", "/owned", false);
        client.get(3, "/hi");
        client.awaitEnd(3);
        client.data(1, HELLO, true);
        client.awaitEnd(1);
        assertThat(client.body(3)).isEqualTo("hi");
        assertThat(client.body(1)).isEqualTo("hello");
    }

    @Test
    void framesOfOneByteArrive() throws Exception {
        byte[] all = new byte[20_000];
        Arrays.fill(all, (byte) 'x');
        client.headers(1, "POST", "/owned", false);
        byte[] frames = new byte[all.length * 10];
        for (int i = 0; i < all.length; i++) {
            System.arraycopy(
                    Http2Client.bytes(Http2Client.DATA, 0, 1, new byte[] {'x'}),
                    0,
                    frames,
                    i * 10,
                    10);
        }
        client.raw(frames);
        client.data(1, new byte[0], true);
        client.awaitEnd(1);
        assertThat(client.received(1)).isEqualTo(all.length);
    }

    @Test
    void paddingIsNotPartOfTheBody() throws Exception {
        client.headers(1, "POST", "/owned", false);
        byte[] padded = {3, 'a', 'b', 0, 0, 0};
        client.frame(Http2Client.DATA, Http2Client.PADDED, 1, padded);
        client.frame(
                Http2Client.DATA,
                Http2Client.PADDED | Http2Client.END_STREAM,
                1,
                (byte) 0,
                (byte) 'c');
        client.awaitEnd(1);
        assertThat(client.body(1)).isEqualTo("abc");
    }

    @Test
    void theClientsTrailersEndItsSide() throws Exception {
        client.headers(1, "POST", "/owned", false);
        client.data(1, HELLO, false);
        client.frame(
                Http2Client.HEADERS,
                Http2Client.END_HEADERS | Http2Client.END_STREAM,
                1,
                trailer());
        client.awaitEnd(1);
        assertThat(client.body(1)).isEqualTo("hello");
    }

    private static byte[] trailer() {
        var block = new java.io.ByteArrayOutputStream();
        Http2Client.literal(block, 0, "x-checksum", "1");
        return block.toByteArray();
    }

    @Test
    void aHandlerThatEndsEarlyTellsTheClientToStopAndTheRestIsDropped() throws Exception {
        server.owned(Handlers.HELLO);
        client.headers(1, "POST", "/owned", false);
        client.awaitEnd(1);
        assertThat(client.awaitReset(1)).isZero();
        for (int i = 0; i < 40; i++) {
            client.data(1, new byte[16_384], false);
        }
        client.frame(
                Http2Client.HEADERS,
                Http2Client.END_HEADERS | Http2Client.END_STREAM,
                1,
                trailer());
        client.get(3, "/hi");
        client.awaitEnd(3);
        assertThat(client.goAways()).isEmpty();
    }

    @Test
    void aHandlerThatThrowsResetsItsStreamOnly() throws Exception {
        server.owned(stream -> {
            throw new IllegalStateException("on purpose");
        });
        try (LogCapture log = LogCapture.start()) {
            client.headers(1, "POST", "/owned", true);
            assertThat(client.awaitReset(1)).isEqualTo(2);
            assertThat(log.text()).contains("/owned").contains("on purpose");
        }
        client.get(3, "/hi");
        client.awaitEnd(3);
    }

    @Test
    void aHandlerThatReturnsWithoutAnAnswerResetsItsStream() throws Exception {
        server.owned(stream -> {});
        try (LogCapture log = LogCapture.start()) {
            client.headers(1, "POST", "/owned", true);
            assertThat(client.awaitReset(1)).isEqualTo(2);
            assertThat(log.text()).contains("without an answer");
        }
    }

    // ---- headers that may not be sent

    @Test
    void headersThatWouldRuinTheConnectionAreRefusedBeforeTheyAreEncoded() throws Exception {
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        server.owned(stream -> {
            refusesHeaders(stream, "x-note", "naïve");
            refusesHeaders(stream, "x-note", "line\nbreak");
            refusesHeaders(stream, "x-note", " around ");
            refusesHeaders(stream, "x note", "name");
            refusesHeaders(stream, "ñ", "name");
            refusesHeaders(stream, "connection", "close");
            refusesHeaders(stream, "x-big", "b".repeat(9000));
            refused.complete(true);
            Handlers.HELLO.handle(stream);
        });
        client.headers(1, "POST", "/owned", true);
        client.awaitEnd(1);
        assertThat(refused.get()).isTrue();
        assertThat(client.body(1)).isEqualTo("hello");
        client.get(3, "/hi");
        client.awaitEnd(3);
    }

    private static void refusesHeaders(OwnedStream stream, String name, String value) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(HeaderNames.create(name), value);
        assertThatThrownBy(() -> stream.headers(200, headers, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersInTheWrongOrderAreADefect() throws Exception {
        server.owned(stream -> {
            assertThatThrownBy(() -> stream.data(HELLO, 0, 1, false))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Handlers.end(stream))
                    .isInstanceOf(IllegalStateException.class);
            Handlers.begin(stream);
            assertThatThrownBy(() -> Handlers.begin(stream))
                    .isInstanceOf(IllegalStateException.class);
            stream.data(HELLO, 0, 5, true);
            assertThatThrownBy(() -> Handlers.end(stream))
                    .isInstanceOf(IllegalStateException.class);
        });
        client.headers(1, "POST", "/owned", true);
        client.awaitEnd(1);
        assertThat(client.body(1)).isEqualTo("hello");
    }

    // ---- leaving

    @Test
    void aResetRunsOnGoneAndWakesTheHandler() throws Exception {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        CompletableFuture<Boolean> took = new CompletableFuture<>();
        server.owned(stream -> {
            assertThat(stream.onGone(() -> gone.complete(true))).isNotNull();
            Handlers.begin(stream);
            took.complete(stream.take() == null && stream.gone());
        });
        client.headers(1, "POST", "/owned", false);
        client.awaitHeaders(1);
        client.reset(1);
        assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(took.get(20, TimeUnit.SECONDS)).isTrue();
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    @Test
    void theConnectionsEndRunsOnGoneEvenIfItIsAskedForLater() throws Exception {
        CountDownLatch gone = new CountDownLatch(2);
        server.owned(stream -> {
            var first = stream.onGone(gone::countDown);
            Handlers.begin(stream);
            assertThat(stream.take()).isNull();
            var second = stream.onGone(gone::countDown);
            assertThat(first).isNotSameAs(second);
        });
        client.headers(1, "POST", "/owned", false);
        client.awaitHeaders(1);
        client.close();
        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    @Test
    void aParkedSenderFailsWhenItsStreamIsReset() throws Exception {
        CompletableFuture<StreamGoneException.Reason> reason = new CompletableFuture<>();
        server.owned(stream -> {
            try {
                Handlers.flood(1000).handle(stream);
            } catch (StreamGoneException e) {
                reason.complete(e.reason());
                throw e;
            }
        });
        client.behaviour.mutedStreams.add(1);
        client.headers(1, "POST", "/owned", true);
        Eventually.until("the window is used up", () -> client.received(1) == 65_535);
        client.reset(1);
        assertThat(reason.get(20, TimeUnit.SECONDS)).isEqualTo(StreamGoneException.Reason.RESET);
    }

    @Test
    void aDeadlineWakesAParkedSenderAndTrailersStillGoOut() throws Exception {
        CompletableFuture<OwnedStream> parked = new CompletableFuture<>();
        CompletableFuture<StreamGoneException.Reason> reason = new CompletableFuture<>();
        server.owned(stream -> {
            parked.complete(stream);
            try {
                Handlers.flood(1000).handle(stream);
            } catch (StreamGoneException e) {
                reason.complete(e.reason());
            }
            Handlers.end(stream);
        });
        client.behaviour.mutedStreams.add(1);
        client.headers(1, "POST", "/owned", true);
        Eventually.until("the window is used up", () -> client.received(1) == 65_535);
        parked.get().abortSend();
        client.awaitEnd(1);
        assertThat(reason.get()).isEqualTo(StreamGoneException.Reason.ABORTED);
    }

    @Test
    void aClientThatTakesNothingFailsTheSenderAfterTheStallLimit() throws Exception {
        WireSettings settings =
                WireSettings.defaults()
                        .with(new WireSettings.Sending(128 * 1024, Duration.ofMillis(200)));
        CompletableFuture<StreamGoneException.Reason> reason = new CompletableFuture<>();
        try (TestServer impatient = TestServer.start(settings, routing -> {});
                Http2Client slow = Http2Client.open(impatient.port())) {
            impatient.owned(stream -> {
                try {
                    Handlers.flood(1000).handle(stream);
                } catch (StreamGoneException e) {
                    reason.complete(e.reason());
                    throw e;
                }
            });
            slow.behaviour.mutedStreams.add(1);
            slow.headers(1, "POST", "/owned", true);
            assertThat(reason.get(20, TimeUnit.SECONDS))
                    .isEqualTo(StreamGoneException.Reason.STALLED);
            assertThat(slow.awaitReset(1)).isEqualTo(8);
        }
    }

    @Test
    void aHandlerMayResetItsStream() throws Exception {
        server.owned(stream -> stream.reset(11));
        client.headers(1, "POST", "/owned", false);
        assertThat(client.awaitReset(1)).isEqualTo(11);
        assertThat(client.seen(frame -> frame.type == Http2Client.RST_STREAM)).hasSize(1);
    }

    @Test
    void anInterruptedHandlerCanStillWriteHeaders() throws Exception {
        server.owned(stream -> {
            Thread.currentThread().interrupt();
            Handlers.begin(stream);
            Handlers.end(stream);
            assertThat(Thread.interrupted()).isTrue();
        });
        client.headers(1, "POST", "/owned", true);
        client.awaitEnd(1);
        assertThat(Objects.requireNonNull(client.frames)).isNotEmpty();
        assertThat(client.resetCode(1)).isEqualTo(-1);
    }
}
