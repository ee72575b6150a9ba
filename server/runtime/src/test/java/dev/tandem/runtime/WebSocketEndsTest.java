package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawWebSocket.Frame;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.policy.StreamLimits;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How WebSockets end early, and what goes on while they are quiet. */
@Timeout(60)
class WebSocketEndsTest {
    private static final long PATIENCE = 20;
    private static final String TALK = "/v1/rooms/blue/talk";
    private static final String WAIT = "{\"script\":\"wait\"}";

    private final Talk talk = new Talk();
    private Server server = Server.builder().service(talk.service()).start();

    @AfterEach
    void stop() {
        talk.goOn.countDown();
        server.close();
    }

    private void start(UnaryOperator<ServerBuilder> configured) {
        server.close();
        server =
                configured
                        .apply(Server.builder().service(talk.service()).drainLimit(Duration.ZERO))
                        .start();
    }

    private Call waiting() throws InterruptedException {
        Call call = talk.waiting.poll(PATIENCE, TimeUnit.SECONDS);
        assertThat(call).isNotNull();
        return call;
    }

    private CancelCause cancelled() throws InterruptedException {
        return talk.cancelled.poll(PATIENCE, TimeUnit.SECONDS);
    }

    private void awaitNoCall() throws InterruptedException {
        assertThat(server.calls().awaitIdle(Duration.ofSeconds(PATIENCE))).isTrue();
    }

    @Test
    void aClientThatClosesEndsTheCall() throws InterruptedException {
        start(UnaryOperator.identity());
        try (SocketClient client = SocketClient.open(server.port(), TALK).send(WAIT)) {
            waiting();
            client.leave();

            assertThat(cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
            assertThat(client.next()).startsWith("close 1000");
        }
        awaitNoCall();
    }

    @ParameterizedTest
    @ValueSource(strings = {WAIT, "{\"script\":\"flood\"}"})
    void aClientThatIsGoneEndsTheCall(String script) throws InterruptedException {
        start(UnaryOperator.identity());
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text(script);
            waiting();
            client.reset();

            assertThat(cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
        }
        awaitNoCall();
    }

    @Test
    void aClientIsSeenToLeaveThoughNobodyTakesItsMessages() throws InterruptedException {
        start(UnaryOperator.identity());
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text(WAIT);
            waiting();
            for (int i = 0; i < 10; i++) {
                client.text("{\"text\":\"" + Talk.LARGE + "\"}");
            }
            client.hangUp();

            assertThat(cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
        }
        awaitNoCall();
    }

    @Test
    void aClientThatSendsAheadIsHeldBack() throws InterruptedException {
        start(UnaryOperator.identity());
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text(WAIT);
            waiting();
            byte[] message =
                    RawWebSocket.frame(
                            RawWebSocket.LAST | RawWebSocket.TEXT,
                            ("{\"text\":\"" + Talk.LARGE + "\"}").getBytes(StandardCharsets.UTF_8));
            Thread sending =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 100_000; i++) {
                                        client.send(message);
                                    }
                                } catch (UncheckedIOException e) {
                                    // the test is over
                                }
                            });

            assertThat(sending.join(Duration.ofSeconds(1))).isFalse();
            client.hangUp();
            sending.join();
        }
        assertThat(talk.taken).hasValue(1);
        awaitNoCall();
    }

    @Test
    void aSlowReaderHoldsTheHandlerBackAndIsGivenUp() throws InterruptedException {
        start(builder -> builder.limits(Map.of(WireLimit.SEND_STALL, 1L)));
        try (RawWebSocket client = new RawWebSocket(server.port(), 16 << 10)) {
            client.upgrade(TALK);
            client.text("{\"script\":\"flood\"}");
            waiting();

            assertThat(cancelled()).isEqualTo(CancelCause.STALLED);
            assertThat(talk.flooded.get() * Talk.LARGE.length()).isLessThan(16 << 20);
        }
        awaitNoCall();
    }

    @Test
    void aSlowReaderWhoReadsGetsAll() throws InterruptedException {
        start(UnaryOperator.identity());
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text("{\"script\":\"flood\"}");
            waiting();
            for (int i = 0; i < 2000; i++) {
                assertThat(client.next().text()).hasSizeGreaterThan(Talk.LARGE.length());
            }
        }
        assertThat(cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
        awaitNoCall();
    }

    @Test
    void aServerThatStopsSaysGoingAway() throws InterruptedException {
        start(UnaryOperator.identity());
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text(WAIT);
            waiting();
            Thread closing = Thread.ofVirtual().start(server::close);

            assertThat(client.next().text())
                    .contains("\"code\":\"server_stopping\"")
                    .contains("\"retry_after\":1");
            assertThat(client.next().code()).isEqualTo(1001);
            client.awaitEnd();
            assertThat(closing.join(Duration.ofSeconds(PATIENCE))).isTrue();
        }
    }

    @Test
    void aServerThatStopsLetsCallsEndByThemselves() throws InterruptedException {
        start(builder -> builder.drainLimit(Duration.ofSeconds(PATIENCE)));
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text("{\"text\":\"a\",\"script\":\"pause\"}");
            waiting();
            Thread closing = Thread.ofVirtual().start(server::close);
            talk.goOn.countDown();

            assertThat(client.next().text()).contains("\"text\":\"a\"");
            client.text("");
            assertThat(client.next().text()).contains("bye");
            assertThat(client.next().code()).isEqualTo(1000);
            client.awaitEnd();
            assertThat(closing.join(Duration.ofSeconds(PATIENCE))).isTrue();
        }
    }

    @Test
    void limitsOfTimeEndTheCall() {
        start(builder ->
                builder.timeLimits(StreamLimits.NONE.firstMessage(Duration.ofMillis(200))));
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text(WAIT);

            assertThat(client.next().text()).contains("first_message_timeout");
            assertThat(client.next().code()).isEqualTo(4504);
            client.awaitEnd();
        }
    }

    @Test
    void aQuietClientIsNotLimitedButByTheCalls() {
        start(builder ->
                builder.timeLimits(
                        new StreamLimits(
                                Duration.ofMillis(100),
                                Duration.ofMillis(100),
                                Duration.ofMillis(700))));
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            assertThat(client.next().text()).contains("call_timeout");
            assertThat(client.next().code()).isEqualTo(4504);
        }
    }

    @Test
    void aDeafHandlersClientIsToldAndItsConnectionEnds() throws InterruptedException {
        start(builder -> builder.timeLimits(StreamLimits.NONE.call(Duration.ofMillis(300))));
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text("{\"script\":\"deaf\"}");
            waiting();

            assertThat(client.next().text()).contains("call_timeout");
            assertThat(client.next().code()).isEqualTo(4504);
            client.awaitEnd();
            talk.goOn.countDown();
        }
        awaitNoCall();
    }

    @Test
    void aClientThatClosesDoesNotWaitForADeafHandler() throws InterruptedException {
        start(UnaryOperator.identity());
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.text("{\"script\":\"deaf\"}");
            waiting();
            client.send(
                    RawWebSocket.frame(
                            RawWebSocket.LAST | RawWebSocket.CLOSE,
                            RawWebSocket.closing(1000, "")));

            assertThat(client.next().code()).isEqualTo(1000);
            client.awaitEnd();
            talk.goOn.countDown();
        }
        awaitNoCall();
    }

    @Test
    void theCallersOwnLimitHolds() {
        start(UnaryOperator.identity());
        try (SocketClient client =
                SocketClient.open(
                        server.port(),
                        TALK,
                        builder -> builder.header("x-request-timeout", "0.2"))) {
            client.send(WAIT);

            assertThat(client.next()).contains("deadline_exceeded");
            assertThat(client.next()).startsWith("close 4504 deadline_exceeded: ");
        }
    }

    @Test
    void pingsAreTheSignOfLife() {
        start(builder -> builder.heartbeat(Duration.ofMillis(100)));
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            assertThat(client.next()).isEqualTo(new Frame(RawWebSocket.PING, true, ""));
            assertThat(client.next()).isEqualTo(new Frame(RawWebSocket.PING, true, ""));
            client.send(RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.PONG, new byte[0]));
            client.text("{\"text\":\"a\"}");
            Frame frame = client.next();
            while (frame.opcode() == RawWebSocket.PING) {
                frame = client.next();
            }
            assertThat(frame.text()).contains("\"text\":\"a\"");
        }
    }

    @Test
    void aMessageThatHasBegunMustCome() throws InterruptedException {
        start(builder -> builder.limits(Map.of(WireLimit.HTTP1_BODY_TIME, 1L)));
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            client.send(
                    RawWebSocket.frame(
                            RawWebSocket.TEXT, // not the last
                            "{".getBytes(StandardCharsets.UTF_8)));

            assertThat(client.next().text()).contains("request_timeout");
            assertThat(client.next().code()).isEqualTo(4408);
            client.awaitEnd();
        }
        awaitNoCall();
    }

    @Test
    void aQuietSocketStaysOpen() {
        start(builder ->
                builder.limits(
                                Map.of(
                                        WireLimit.HTTP1_BODY_TIME, 1L,
                                        WireLimit.HTTP1_IDLE_TIME, 1L,
                                        WireLimit.HTTP1_HEAD_TIME, 1L))
                        .heartbeat(Duration.ofMillis(500)));
        try (RawWebSocket client = RawWebSocket.open(server.port(), TALK)) {
            for (int i = 0; i < 5; i++) { // 2.5 s
                assertThat(client.next().opcode()).isEqualTo(RawWebSocket.PING);
            }
            client.text("{\"text\":\"a\"}");
            Frame frame = client.next();
            while (frame.opcode() == RawWebSocket.PING) {
                frame = client.next();
            }
            assertThat(frame.text()).contains("\"text\":\"a\"");
        }
    }
}
