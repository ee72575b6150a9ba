package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keepalive, age, drain and GOAWAY of HTTP/2 connections. */
class ShutdownTest {
    private static final int NO_ERROR = 0;
    private static final int REFUSED_STREAM = 7;

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    private TestServer start(WireSettings settings) {
        return TestServer.start(settings, ShutdownTest::routes).owned(Handlers.until(released));
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"));
    }

    private static WireSettings keepalive(long afterMillis, long timeoutMillis) {
        return WireSettings.defaults()
                .with(
                        new WireSettings.Keepalive(
                                Duration.ofMillis(afterMillis), Duration.ofMillis(timeoutMillis)));
    }

    @Test
    void aSilentClientThatAnswersPingsKeepsItsConnection() throws Exception {
        try (TestServer server = start(keepalive(100, 2000));
                Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/owned", true);
            Eventually.until(
                    "PING a few times",
                    () -> client.seen(frame -> frame.type == Http2Client.PING).size() >= 4);
            assertThat(client.closedByServer()).isFalse();
            released.countDown();
            client.awaitEnd(1);
        }
    }

    @Test
    void aClientThatAnswersNoPingLosesItsConnectionAndItsCalls() throws Exception {
        try (TestServer server = start(keepalive(200, 1000));
                Http2Client client = Http2Client.open(server.port())) {
            CountDownLatch gone = new CountDownLatch(1);
            server.owned(stream -> {
                var registration = stream.onGone(gone::countDown);
                assertThat(registration).isNotNull();
                Handlers.ECHO.handle(stream);
            });
            client.headers(1, "POST", "/owned", false);
            client.awaitHeaders(1);
            client.behaviour.answersPing = false;
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
            Eventually.until("the connection is closed", client::closedByServer);
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        }
    }

    @Test
    void aClientThatReadsNothingAndIsSilentIsClosedEvenWithAFullSocket() throws Exception {
        Http2Client.Behaviour greedy = new Http2Client.Behaviour();
        greedy.initialWindow = Integer.MAX_VALUE;
        greedy.moreConnectionWindow = Integer.MAX_VALUE - 65_535;
        greedy.receiveBuffer = 16 * 1024;
        greedy.givesStreamWindow = false;
        greedy.givesConnectionWindow = false;
        try (TestServer server = start(keepalive(300, 200));
                Http2Client client = Http2Client.open(server.port(), greedy)) {
            server.owned(Handlers.flood(1000));
            client.roundTrip();
            greedy.reads = false;
            client.headers(1, "POST", "/owned", true);
            Eventually.until("the call runs", () -> server.wires.inFlight() == 1);
            Eventually.until("the call ends", () -> server.wires.inFlight() == 0);
        }
    }

    @Test
    void drainLetsCallsFinishAndRefusesLaterOnes() throws Exception {
        try (TestServer server = start(WireSettings.defaults());
                Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/owned", true);
            client.awaitHeaders(1);
            server.wires.drain();
            Eventually.until("the first GOAWAY", () -> client.goAways().size() == 1);
            assertThat(client.goAways().getFirst().int32(0)).isEqualTo(Integer.MAX_VALUE);
            client.get(3, "/hi"); // crossed the GOAWAY
            client.awaitEnd(3);
            Eventually.until("the second GOAWAY", () -> client.goAways().size() == 2);
            assertThat(client.goAways().get(1).int32(0)).isEqualTo(3);
            assertThat(client.goAways().get(1).int32(4)).isEqualTo(NO_ERROR);
            client.headers(5, "POST", "/owned", true);
            client.get(7, "/hi");
            assertThat(client.awaitReset(5)).isEqualTo(REFUSED_STREAM);
            assertThat(client.awaitReset(7)).isEqualTo(REFUSED_STREAM);
            assertThat(server.wires.inFlight()).isEqualTo(1);
            released.countDown();
            client.awaitEnd(1);
            Eventually.until("the connection is closed", client::closedByServer);
            assertThat(server.wires.inFlight()).isZero();
        }
    }

    @Test
    void aConnectionThatComesWhileDrainingIsSentAway() throws Exception {
        try (TestServer server = start(WireSettings.defaults())) {
            server.wires.drain();
            try (Http2Client client = Http2Client.open(server.port())) {
                Eventually.until("GOAWAY", () -> !client.goAways().isEmpty());
                Eventually.until("the connection is closed", client::closedByServer);
            }
        }
    }

    @Test
    void anOldConnectionIsSentAwayAndItsCallFinishes() throws Exception {
        WireSettings shortLived =
                WireSettings.defaults()
                        .with(new WireSettings.Age(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        try (TestServer server = start(shortLived);
                Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/owned", true);
            Eventually.until("both GOAWAYs", () -> client.goAways().size() == 2);
            released.countDown();
            client.awaitEnd(1);
            Eventually.until("the connection is closed", client::closedByServer);
        }
    }

    @Test
    void callsThatOutliveTheGraceAreEnded() throws Exception {
        WireSettings graceless =
                WireSettings.defaults()
                        .with(new WireSettings.Age(Duration.ofSeconds(1), Duration.ZERO));
        try (TestServer server = start(graceless);
                Http2Client client = Http2Client.open(server.port())) {
            server.owned(Handlers.ECHO);
            client.headers(1, "POST", "/owned", false);
            Eventually.until("the connection is closed", client::closedByServer);
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        }
    }

    @Test
    void theClientsGoAwayLetsCallsInProgressFinishThenTheConnectionCloses() throws Exception {
        try (TestServer server = start(WireSettings.defaults());
                Http2Client client = Http2Client.open(server.port())) {
            client.headers(1, "POST", "/owned", true);
            client.awaitHeaders(1);
            client.frame(Http2Client.GOAWAY, 0, 0, new byte[8]);
            client.roundTrip();
            released.countDown();
            client.awaitEnd(1);
            Eventually.until("the connection is closed", client::closedByServer);
        }
    }

    @Test
    void theClientsGoAwayWithoutCallsClosesAtOnce() throws Exception {
        try (TestServer server = start(WireSettings.defaults());
                Http2Client client = Http2Client.open(server.port())) {
            client.frame(Http2Client.GOAWAY, 0, 0, new byte[8]);
            Eventually.until("the connection is closed", client::closedByServer);
        }
    }

    @Test
    void aGoAwayForAnErrorNamesTheLastStreamThatWasTaken() throws Exception {
        try (TestServer server = start(WireSettings.defaults());
                Http2Client client = Http2Client.open(server.port())) {
            client.get(1, "/hi");
            client.headers(3, "POST", "/owned", true);
            client.awaitEnd(1);
            client.awaitHeaders(3);
            client.frame(Http2Client.PRIORITY, 0, 0, new byte[5]); // Helidon answers this one
            assertThat(client.awaitConnectionError()).isEqualTo(1);
            assertThat(client.goAways().getLast().int32(0)).isEqualTo(3);
        }
    }

    @Test
    void anIdleTimeoutDoesNotEndARunningStream() throws Exception {
        try (TestServer server = TestServer.startImpatient(ShutdownTest::routes);
                Http2Client client = Http2Client.open(server.port())) {
            server.owned(Handlers.until(released));
            client.headers(1, "POST", "/owned", true);
            long from = System.nanoTime();
            Eventually.until("longer than idle", () -> System.nanoTime() - from > 600_000_000L);
            released.countDown();
            client.awaitEnd(1);
            Eventually.until("then it is idle and closes", client::closedByServer);
        }
    }
}
