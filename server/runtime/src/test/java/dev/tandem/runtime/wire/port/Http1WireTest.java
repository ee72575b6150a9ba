package dev.tandem.runtime.wire.port;

import static dev.tandem.runtime.wire.port.Http1Client.get;
import static dev.tandem.runtime.wire.port.Http1Client.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http1WireTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicInteger leftCalls = new AtomicInteger();
    private final TestServer server = TestServer.start(this::routes);

    private void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .get("/wait", this::waitForClient)
                .post("/wait", this::readAndWait)
                .get("/sse", this::stream)
                .get("/slow/{ms}", this::slow)
                .post("/count", (request, response) -> response.send(count(request)))
                .post("/late", this::readLate);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // ---- handlers

    private void waitForClient(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        try (Registration gone = Peer.onGone(request, this::clientLeft)) {
            begun.countDown();
            assertThat(gone).isNotNull();
            left.await(20, TimeUnit.SECONDS);
        }
        throw new CloseConnectionException("the client left");
    }

    private void readAndWait(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        assertThat(count(request)).isEqualTo("5");
        waitForClient(request, response);
    }

    private void stream(ServerRequest request, ServerResponse response) throws Exception {
        try (var out = response.outputStream()) {
            out.write("data: 1\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.flush();
            waitForClient(request, response);
        }
    }

    /** Waits so long unless the client leaves, and says what the request asked for. */
    private void slow(ServerRequest request, ServerResponse response) throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        String millis = request.path().pathParameters().get("ms");
        boolean clientLeft;
        try (Registration registration = Peer.onGone(request, gone::countDown)) {
            assertThat(registration).isNotNull();
            clientLeft = gone.await(Long.parseLong(millis), TimeUnit.MILLISECONDS);
        }
        response.send(clientLeft ? "left" : "slow " + millis);
    }

    private void readLate(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        try (Registration registration = Peer.onGone(request, gone::countDown)) {
            assertThat(registration).isNotNull();
            assertThat(gone.await(300, TimeUnit.MILLISECONDS)).isFalse();
        }
        response.send(count(request));
    }

    private static String count(ServerRequest request) {
        return Integer.toString(request.content().as(byte[].class).length);
    }

    private void clientLeft() {
        leftCalls.incrementAndGet();
        left.countDown();
    }

    private void awaitLeft() {
        Eventually.until("the handler learns that its client left", () -> left.getCount() == 0);
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        assertThat(leftCalls).hasValue(1);
    }

    private Http1Client begin(String request) throws Exception {
        Http1Client client = new Http1Client(server.port());
        client.send(request);
        begun.await();
        return client;
    }

    /** The call is old enough to be watched. */
    private static void growOld() {
        long from = System.nanoTime();
        Eventually.until(
                "the call is old",
                () -> System.nanoTime() - from > TimeUnit.MILLISECONDS.toNanos(120));
    }

    // ---- the client leaves

    @Test
    void aClientThatLeavesALongUnaryCallIsNoticed() throws Exception {
        Http1Client client = begin(get("/wait"));
        growOld();
        client.close();
        awaitLeft();
    }

    @Test
    void aClientThatLeavesAtOnceIsNoticed() throws Exception {
        begin(get("/wait")).close();
        awaitLeft();
    }

    @Test
    void aClientThatResetsTheConnectionIsNoticed() throws Exception {
        Http1Client client = begin(get("/wait"));
        client.socket.setSoLinger(true, 0);
        growOld();
        client.close();
        awaitLeft();
    }

    @Test
    void aClientThatClosesItsSideIsNoticed() throws Exception {
        Http1Client client = begin(get("/wait"));
        client.socket.shutdownOutput();
        awaitLeft();
        client.close();
    }

    @Test
    void aClientThatLeavesAnEventStreamIsNoticed() throws Exception {
        begin(get("/sse")).close();
        awaitLeft();
    }

    @Test
    void aClientThatLeavesAfterItsBodyWasReadIsNoticed() throws Exception {
        begin(post("/wait", "hello")).close();
        awaitLeft();
    }

    @Test
    void aClientThatLeavesBehindAPipelinedRequestIsNoticed() throws Exception {
        begin(get("/wait") + get("/hi")).close();
        awaitLeft();
    }

    // ---- what was read ahead is not lost

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (Http1Client client = new Http1Client(server.port())) {
            client.send(get("/slow/200") + get("/slow/1") + get("/hi") + post("/count", "four"));
            growOld();
            client.send(get("/slow/2") + get("/hi"));
            assertThat(bodies(client, 6))
                    .containsExactly("slow 200", "slow 1", "hi", "4", "slow 2", "hi");
        }
    }

    @Test
    void aBodyLargerThanTheReadAheadThatIsReadLateArrivesWhole() throws Exception {
        try (Http1Client client = new Http1Client(server.port())) {
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> sendQuietly(client, post("/late", "z".repeat(1_000_000))));
            assertThat(client.read().body()).isEqualTo("1000000");
            sender.join();
            client.send(get("/hi"));
            assertThat(client.read().body()).isEqualTo("hi");
        }
    }

    @Test
    void manyConnectionsWithPipelinedAndSplitRequestsGetTheRightAnswersInOrder() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int seed = 0; seed < 60; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                clients.add(threads.submit(() -> randomRequests(random)));
            }
            for (Future<?> client : clients) {
                succeed(client);
            }
        }
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
    }

    private static void succeed(Future<?> client) throws InterruptedException, ExecutionException {
        assertThat(client.get()).isNull();
    }

    private Void randomRequests(SplittableRandom random) throws IOException {
        try (Http1Client client = new Http1Client(server.port())) {
            for (int i = 0; i < 8; i++) {
                List<String> expected = new ArrayList<>();
                StringBuilder requests = new StringBuilder();
                for (int k = random.nextInt(1, 4); k > 0; k--) {
                    int number = random.nextInt(1, 100);
                    switch (random.nextInt(3)) {
                        case 0 -> {
                            requests.append(get("/slow/" + number));
                            expected.add("slow " + number);
                        }
                        case 1 -> {
                            requests.append(post("/count", "q".repeat(number * 300)));
                            expected.add(Integer.toString(number * 300));
                        }
                        default -> {
                            requests.append(get("/hi"));
                            expected.add("hi");
                        }
                    }
                }
                int half = random.nextInt(requests.length());
                client.send(requests.substring(0, half));
                if (random.nextBoolean()) {
                    growOld();
                }
                client.send(requests.substring(half));
                assertThat(bodies(client, expected.size())).isEqualTo(expected);
            }
        }
        return null;
    }

    private static List<String> bodies(Http1Client client, int count) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(client.read().body());
        }
        return bodies;
    }

    private static void sendQuietly(Http1Client client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // ---- upgrade, drain

    @Test
    void anUpgradeToH2cIsIgnoredAndTheBodyArrives() throws Exception {
        try (Http1Client client = new Http1Client(server.port())) {
            client.send(
                    """
                    POST /count HTTP/1.1\r
                    Host: x\r
                    Connection: Upgrade, HTTP2-Settings\r
                    Upgrade: h2c\r
                    HTTP2-Settings: AAMAAABkAAQAAP__\r
                    Content-Length: 5\r
                    \r
                    hello\
                    """);
            Http1Client.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("5");
        }
    }

    @Test
    void aCallThatOutlivesTheIdleTimeoutIsNotEnded() throws Exception {
        try (TestServer impatient =
                        TestServer.startImpatient(
                                routing -> routing.get("/slow/{ms}", this::slow));
                Http1Client client = new Http1Client(impatient.port())) {
            client.send(get("/slow/600"));
            assertThat(client.read().body()).isEqualTo("slow 600");
        }
    }

    @Test
    void drainLetsARunningCallFinishAndClosesItsConnectionAndIdleOnes() throws Exception {
        try (Http1Client idle = new Http1Client(server.port());
                Http1Client busy = new Http1Client(server.port())) {
            idle.send(get("/hi"));
            assertThat(idle.read().body()).isEqualTo("hi");
            busy.send(get("/slow/300"));
            Eventually.until("the call runs", () -> server.wires.inFlight() == 1);
            server.wires.drain();
            assertThat(idle.atEnd()).isTrue();
            assertThat(busy.read().body()).isEqualTo("slow 300");
            assertThat(busy.atEnd()).isTrue();
        }
    }

    @Test
    void aCallThatComesWhileDrainingIsToldThatItsConnectionCloses() throws Exception {
        server.wires.drain();
        try (Http1Client client = new Http1Client(server.port())) {
            client.send(get("/hi"));
            Http1Client.Answer answer = client.read();
            assertThat(answer.head()).contains("connection: close");
            assertThat(client.atEnd()).isTrue();
        }
    }
}
