package dev.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.Server;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import people.v1.FindRequest;
import people.v1.PeopleGrpc;
import rooms.v1.Deed;
import rooms.v1.Gathered;
import rooms.v1.Heard;
import rooms.v1.RoomsGrpc;
import rooms.v1.Said;

/** Methods whose clients stream: the same by every wire, WebSocket among them. */
class ClientStreamTest {
    private static final Said HELLO =
            Said.newBuilder().setRoom("rooms/a b").setText("hello \u2603").build();
    private static final Heard HEARD =
            Heard.newBuilder().setRoom("rooms/a b").setText("hello \u2603").build();
    private static final Said REFUSED = HELLO.toBuilder().setDeed(Deed.DEED_REFUSE).build();
    private static final Said WAITING = HELLO.toBuilder().setDeed(Deed.DEED_WAIT).build();

    @AutoClose private static final TestServer server = TestServer.start(Talking.service());

    @EachClientStreamWire
    void oneMessageAnswersAll(Wire wire) {
        Reply<Gathered> reply =
                server.call(
                        wire,
                        RoomsGrpc.getGatherMethod(),
                        List.of(HELLO, HELLO),
                        Caller.PLAIN.header("x-team", "red"));

        assertThat(reply)
                .hasMessage(
                        Gathered.newBuilder()
                                .addTexts(HELLO.getText())
                                .addTexts(HELLO.getText())
                                .addTexts("red")
                                .build());
        assertThat(reply.header("x-request-id")).isPresent();
    }

    @EachClientStreamWire
    void aStreamAnswersAStream(Wire wire) {
        assertThat(server.call(wire, RoomsGrpc.getTalkMethod(), List.of(HELLO, HELLO)))
                .hasMessages(HEARD, HEARD);
    }

    @EachConversationWire
    void muchIsSentBeforeAnythingIsRead(Wire wire) {
        String text = "y".repeat(1_000_000);
        List<Said> many =
                IntStream.range(0, 8)
                        .mapToObj(i -> HELLO.toBuilder().setText(i + text).build())
                        .toList();

        Reply<Heard> reply = server.call(wire, RoomsGrpc.getTalkMethod(), many);

        assertThat(reply).isOk().messages().hasSize(8);
        assertThat(reply.messages().getLast().getText()).isEqualTo(7 + text);
    }

    @EachClientStreamWire
    void aFailureHasItsStatusAndAllOfItsParts(Wire wire) {
        assertThat(server.call(wire, RoomsGrpc.getTalkMethod(), List.of(REFUSED)))
                .failsWith(Code.NOT_FOUND, "room_not_found")
                .at("room")
                .says("No room.");
        assertThat(
                        server.call(
                                wire,
                                RoomsGrpc.getGatherMethod(),
                                List.of(HELLO.toBuilder().setDeed(Deed.DEED_LIMIT).build())))
                .failsWith(Code.RATE_LIMITED, "rate_limit_exceeded")
                .hasRetryAfter(Duration.ofSeconds(3));
    }

    @EachClientStreamWire
    void aFailureBehindMessagesIsOneToo(Wire wire) {
        Reply<Heard> reply =
                server.call(wire, RoomsGrpc.getTalkMethod(), List.of(HELLO, HELLO, REFUSED));

        assertThat(reply).endsWithError("room_not_found");
        assertThat(reply.messages()).containsExactly(HEARD, HEARD);
        assertThat(reply.ok()).isFalse();
    }

    @EachClientStreamWire
    void everyMessageIsValidated(Wire wire) {
        Said tooLong = HELLO.toBuilder().setText("x".repeat(2_000_001)).build();

        assertThat(server.call(wire, RoomsGrpc.getGatherMethod(), List.of(HELLO, tooLong)))
                .violates("text", "string.max_len");
    }

    @EachClientStreamWire
    void theCallersLimitOfTimeHolds(Wire wire) {
        Reply<Gathered> reply =
                server.call(
                        wire,
                        RoomsGrpc.getGatherMethod(),
                        List.of(WAITING),
                        Caller.PLAIN.within(Duration.ofMillis(300)));

        assertThat(reply.ok()).isFalse();
        assertThat(reply.status()).isEqualTo(wire.status(Code.DEADLINE_EXCEEDED));
    }

    @EachClientStreamWire
    void onlyWhoMayReadGathers(Wire wire) {
        KnownKeys keys = KnownKeys.none().with("key-1", "reader", "rooms.read").with("key-2", "x");
        try (TestServer guarded =
                TestServer.start(
                        Server.builder()
                                .service(Talking.service())
                                .authenticators(List.of(keys)))) {
            var gather = RoomsGrpc.getGatherMethod();
            List<Said> said = List.of(HELLO);

            assertThat(guarded.call(wire, gather, said, Caller.bearer("key-1"))).isOk();
            assertThat(guarded.call(wire, gather, said, Caller.bearer("key-2")))
                    .failsWith(Code.PERMISSION_DENIED, "insufficient_scope");
            assertThat(guarded.call(wire, gather, said))
                    .failsWith(Code.UNAUTHENTICATED, "unauthenticated");
        }
    }

    @EachConversationWire
    void oneTalksInTurnsUntilOneIsThrough(Wire wire) {
        try (Conversation<Said, Heard> call = server.converse(wire, RoomsGrpc.getTalkMethod())) {
            for (int i = 0; i < 3; i++) {
                call.send(HELLO);
                assertThat(call).next().isEqualTo(HEARD);
            }
            call.finish();
            assertThat(call).ends().messages().hasSize(3);
        }
    }

    @EachConversationWire
    void aTalkMayEndWithAnError(Wire wire) {
        try (Conversation<Said, Heard> call = server.converse(wire, RoomsGrpc.getTalkMethod())) {
            call.send(HELLO);
            assertThat(call).next().isEqualTo(HEARD);
            call.send(REFUSED);
            assertThat(call).endsWithError("room_not_found").at("room");
        }
    }

    @EachConversationWire
    void whoLeavesEndsTheHandlersWork(Wire wire) {
        try (Conversation<Said, Heard> call = server.converse(wire, RoomsGrpc.getTalkMethod())) {
            call.send(HELLO);
            assertThat(call).next().isEqualTo(HEARD);
            call.send(WAITING);
            Handling handling = server.handling(RoomsGrpc.getTalkMethod());

            long left = call.leave();

            assertThat(handling)
                    .wasCancelled(CancelCause.CLIENT_LEFT)
                    .endedWithin(Duration.ofSeconds(5), left);
        }
    }

    @EachConversationWire
    void aCallWithAFixedPathBeginsBeforeItsFirstMessage(Wire wire) {
        try (Conversation<Said, Gathered> call =
                server.converse(wire, RoomsGrpc.getGatherMethod())) {
            Handling handling = server.handling(RoomsGrpc.getGatherMethod());
            call.finish();

            assertThat(call).next().isEqualTo(Gathered.getDefaultInstance());
            assertThat(call).ends();
            assertThat(handling).returned();
        }
    }

    @Test
    void aMessageWithAFieldErrorIsAMessage() {
        Reply<Heard> reply =
                server.call(
                        Wire.WEBSOCKET,
                        RoomsGrpc.getTalkMethod(),
                        List.of(HELLO.toBuilder().setText("fault").build(), HELLO));

        assertThat(reply).isOk().messages().hasSize(2);
        assertThat(reply.lines().getFirst()).startsWith("{\"error\":{\"message\":\"Only said.\"");
    }

    @Test
    void theCloseCodeIsTheLastLine() {
        assertThat(server.call(Wire.WEBSOCKET, RoomsGrpc.getTalkMethod(), HELLO).lines())
                .last()
                .isEqualTo("close 1000");
        assertThat(server.call(Wire.WEBSOCKET, RoomsGrpc.getTalkMethod(), REFUSED).lines())
                .last()
                .isEqualTo("close 4404 room_not_found: No room.");
    }

    @Test
    void answersMayBeProtobuf() {
        Reply<Heard> reply =
                server.call(
                        Wire.WEBSOCKET,
                        RoomsGrpc.getTalkMethod(),
                        HELLO,
                        Caller.PLAIN.header("sec-websocket-protocol", "tandem.proto.v1"));

        assertThat(reply).hasMessage(HEARD).hasHeader("sec-websocket-protocol", "tandem.proto.v1");
        assertThat(reply.lines()).containsExactly("close 1000");
    }

    @Test
    void aRefusalBeforeTheUpgradeIsAFailureWithItsHeaders() {
        Reply<Gathered> reply =
                server.call(
                        Wire.WEBSOCKET,
                        RoomsGrpc.getGatherMethod(),
                        HELLO,
                        Caller.PLAIN.header("host", "evil.example"));

        assertThat(reply)
                .hasHeader("content-type", "application/json")
                .failsWith(Code.PERMISSION_DENIED, "host_not_allowed");
    }

    @Test
    void whatIsNoWebSocketIsToldSo() {
        assertThatThrownBy(() ->
                        server.call(
                                Wire.WEBSOCKET,
                                PeopleGrpc.getFindMethod(),
                                FindRequest.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("people.v1.People/Find is no WebSocket: its client sends one message");
        assertThatThrownBy(() -> server.converse(Wire.CONNECT, RoomsGrpc.getTalkMethod()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CONNECT cannot send and read in turns");
        try (Conversation<Said, Heard> call =
                server.converse(Wire.WEBSOCKET, RoomsGrpc.getTalkMethod())) {
            assertThatThrownBy(call::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("send one first");
        }
    }
}
