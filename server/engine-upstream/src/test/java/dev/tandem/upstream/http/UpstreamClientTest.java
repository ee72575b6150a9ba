package dev.tandem.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Head;
import dev.tandem.testtools.Certified;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.http.UpstreamException.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UpstreamClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final long LARGEST = 1 << 20;

    private final Calls calls = new Calls(() -> "req_1");
    private final Call call =
            calls.open(
                    new Head(
                            Head.Wire.REST,
                            "POST",
                            "/",
                            null,
                            Map.of(),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                    null);

    @AfterEach
    void close() {
        calls.close(call);
        calls.close();
    }

    private static UpstreamClient client(RawServer server) throws GeneralSecurityException {
        return client(server.address(), HttpSettings.DEFAULT, SSLContext.getDefault());
    }

    private static UpstreamClient client(URI address, HttpSettings settings, SSLContext tls) {
        return new UpstreamClient(Origin.of(address), settings, tls);
    }

    private static HttpSettings connectingWithin(Duration limit) {
        HttpSettings usual = HttpSettings.DEFAULT;
        return new HttpSettings(limit, usual.send(), usual.idle(), 64, usual.largestHead());
    }

    private String get(UpstreamClient client) throws IOException {
        UpstreamRequest request = UpstreamRequest.get("/x");
        try (Exchange exchange = client.send(request, LONG, LARGEST, new Abort(), call)) {
            return new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static RawServer.Talk answering(String answer) {
        return peer -> {
            while (true) {
                peer.request();
                peer.say(answer);
            }
        };
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aConnectionServesManyRequests() throws Exception {
        try (RawServer server =
                        RawServer.start(
                                answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"));
                UpstreamClient client = client(server)) {
            assertThat(get(client)).isEqualTo("hi");
            assertThat(get(client)).isEqualTo("hi");

            assertThat(server.peers()).hasSize(1);
            assertThat(client.idleConnections()).isEqualTo(1);
        }
    }

    @Test
    void announcementsArePassedOver() throws Exception {
        String hints = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n";
        String answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";
        try (RawServer server = RawServer.start(answering(hints + answer));
                UpstreamClient client = client(server)) {
            assertThat(get(client)).isEqualTo("hi");
        }
    }

    @Test
    void chunksMayHaveExtensionsAndTrailers() throws Exception {
        String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        String chunks = "1;a=b\r\nh\r\n1\r\ni\r\n0\r\ntrailer: x\r\n\r\n";
        try (RawServer server = RawServer.start(answering(head + chunks));
                UpstreamClient client = client(server)) {
            assertThat(get(client)).isEqualTo("hi");
            assertThat(get(client)).isEqualTo("hi");

            assertThat(server.peers()).hasSize(1);
        }
    }

    @Test
    void aConnectionOnWhichMoreCameThanWasAskedForIsNotKept() throws Exception {
        try (RawServer server =
                        RawServer.start(
                                answering(
                                        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhiHTTP/1.1 200 OK"
                                                + "\r\ncontent-length: 4\r\n\r\nevil"));
                UpstreamClient client = client(server)) {
            assertThat(get(client)).isEqualTo("hi");
            assertThat(get(client)).isEqualTo("hi");

            assertThat(server.peers()).hasSize(2);
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsRead() throws Exception {
        try (RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.say("HTTP/1.0 200 OK\r\n\r\nhi");
                        });
                UpstreamClient client = client(server)) {
            assertThat(get(client)).isEqualTo("hi");
            assertThat(client.idleConnections()).isZero();
        }
    }

    @Test
    void theEndOfAnAnswerIsWaitedForBehindTheCallersBack() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.beginEvents();
                            peer.chunk("x");
                            closed.await();
                            peer.endChunks();
                            peer.awaitLeaving();
                        });
                UpstreamClient client = client(server)) {
            Exchange exchange =
                    client.send(UpstreamRequest.get("/x"), LONG, LARGEST, new Abort(), call);
            assertThat(exchange.body().read()).isEqualTo('x');
            exchange.closeAtEnd();
            exchange.close();
            assertThat(client.idleConnections()).isZero();
            closed.countDown();

            await(() -> client.idleConnections() == 1);
        }
    }

    @Test
    void anAnswerThatIsLeftEndsItsConnection() throws Exception {
        try (RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.beginEvents();
                            peer.awaitLeaving();
                        });
                UpstreamClient client = client(server)) {
            client.send(UpstreamRequest.get("/x"), LONG, LARGEST, new Abort(), call).close();

            server.peers().getFirst().awaitGone();
            assertThat(client.idleConnections()).isZero();
        }
    }

    @Test
    void aRequestWhoseConnectionFailedWithoutBeingUsedBeforeIsNotRepeated() throws Exception {
        try (RawServer server = RawServer.start(peer -> peer.request());
                UpstreamClient client = client(server)) {
            fails(client, Fault.CUT_OFF);

            assertThat(server.peers()).hasSize(1);
        }
    }

    @Test
    void aClosedClientLeavesNoConnection() throws Exception {
        try (RawServer server =
                RawServer.start(peer -> {
                    peer.request();
                    peer.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
                    peer.awaitLeaving();
                })) {
            UpstreamClient client = client(server);
            get(client);
            client.close();

            server.peers().getFirst().awaitGone();
        }
    }

    @Test
    void connectionsThatWaitTooLongAreEnded() throws Exception {
        HttpSettings usual = HttpSettings.DEFAULT;
        HttpSettings hasty =
                new HttpSettings(usual.connect(), usual.send(), SHORT, 64, usual.largestHead());
        try (RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
                            peer.awaitLeaving();
                        });
                UpstreamClient client = client(server.address(), hasty, SSLContext.getDefault())) {
            get(client);

            server.peers().getFirst().awaitGone();
            await(() -> client.idleConnections() == 0);
        }
    }

    @Test
    void cancellingACallEndsAnExchangeThatWaitsForItsAnswer() throws Exception {
        endsOnCancel(
                UpstreamRequest.get("/x"),
                peer -> {
                    peer.request();
                    peer.awaitLeaving();
                });
    }

    @Test
    void cancellingACallEndsAnExchangeThatWaitsForTheServerToRead() throws Exception {
        endsOnCancel(
                UpstreamRequest.post("/x", new byte[32 << 20]),
                peer -> new CountDownLatch(1).await());
    }

    private void endsOnCancel(UpstreamRequest request, RawServer.Talk talk) throws Exception {
        try (RawServer server = RawServer.start(talk);
                UpstreamClient client = client(server)) {
            CompletableFuture<Long> ended = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> {
                        try (Exchange _ = client.send(request, LONG, LARGEST, new Abort(), call)) {
                            ended.completeExceptionally(new AssertionError("an answer came"));
                        } catch (IOException e) {
                            ended.complete(System.nanoTime());
                        }
                    });
            await(() -> !server.peers().isEmpty());
            long now = System.nanoTime();
            call.cancel(CancelCause.CLIENT_LEFT);

            assertThat(Duration.ofNanos(ended.get(20, TimeUnit.SECONDS) - now)).isLessThan(SOON);
        }
    }

    @Test
    void anInterruptEndsAnExchange() throws Exception {
        try (RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.awaitLeaving();
                        });
                UpstreamClient client = client(server)) {
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    get(client);
                                } catch (IOException e) {
                                    interrupted.complete(Thread.interrupted());
                                }
                            });
            await(() ->
                    !server.peers().isEmpty() && !server.peers().getFirst().requests().isEmpty());
            thread.interrupt();

            assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
            server.peers().getFirst().awaitGone();
        }
    }

    @Test
    void tlsIsSpokenWithServersThatAreTrusted(@TempDir Path folder) throws Exception {
        Certified certified = Certified.in(folder);
        try (RawServer server =
                        RawServer.start(
                                certified.listen(),
                                answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"));
                UpstreamClient client =
                        client(
                                secure(server, "localhost"),
                                HttpSettings.DEFAULT,
                                certified.client())) {
            assertThat(get(client)).isEqualTo("hi");
            assertThat(get(client)).isEqualTo("hi");
            assertThat(server.peers().stream().mapToInt(peer -> peer.requests().size()).sum())
                    .isEqualTo(2);
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused(@TempDir Path folder) throws Exception {
        Certified certified = Certified.in(folder);
        try (RawServer server = RawServer.start(certified.listen(), answering(""));
                UpstreamClient client =
                        client(
                                secure(server, "localhost"),
                                HttpSettings.DEFAULT,
                                SSLContext.getDefault())) {
            fails(client, Fault.UNREACHABLE);

            assertThat(server.peers()).allMatch(peer -> peer.requests().isEmpty());
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused(@TempDir Path folder) throws Exception {
        Certified certified = Certified.in(folder);
        try (RawServer server = RawServer.start(certified.listen(), answering(""));
                UpstreamClient client =
                        client(
                                secure(server, "127.0.0.1"),
                                HttpSettings.DEFAULT,
                                certified.client())) {
            fails(client, Fault.UNREACHABLE);

            assertThat(server.peers()).allMatch(peer -> peer.requests().isEmpty());
        }
    }

    @Test
    void aHandshakeThatDoesNotEndIsATimeout() throws Exception {
        try (RawServer server = RawServer.start(peer -> peer.awaitLeaving());
                UpstreamClient client =
                        client(
                                secure(server, "localhost"),
                                connectingWithin(SHORT),
                                SSLContext.getDefault())) {
            fails(client, Fault.TIMEOUT);
        }
    }

    private static URI secure(RawServer server, String host) {
        return URI.create("https://" + host + ":" + server.port());
    }

    private void fails(UpstreamClient client, Fault fault) {
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> get(client))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
