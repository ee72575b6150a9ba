package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.test.v1.TalkRequest;
import dev.tandem.test.v1.Tone;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods whose clients stream, by Java's own WebSocket. */
class WebSocketTest {
    private static final long PATIENCE = 20;
    private static final String TALK = "/v1/rooms/blue/talk";
    private static final String CANONICAL = "/tandem.test.v1.TalkService/Talk";
    private static final int LIMIT = 200_000;

    private static final Talk SERVICE = new Talk();
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.builder().service(SERVICE.service()).maxRequestBytes(LIMIT).start();
    }

    @AfterAll
    static void stop() {
        SERVICE.goOn.countDown();
        server.close();
    }

    private static SocketClient open(String path) {
        return SocketClient.open(server.port(), path);
    }

    private static String answer(String room, String text, int count) {
        return "{\"room\":\"%s\",\"text\":\"%s\",\"count\":%d,\"tone\":\"unspecified\"}"
                .formatted(room, text, count);
    }

    @Test
    void eachMessageIsAnsweredAsItComes() {
        try (SocketClient client = open(TALK)) {
            assertThat(client.send("{\"text\":\"one\"}").next())
                    .isEqualTo(answer("blue", "one", 1));
            assertThat(client.send("{\"text\":\"\u2603\",\"tone\":\"loud\"}").next())
                    .isEqualTo("{\"room\":\"\",\"text\":\"\u2603\",\"count\":2,\"tone\":\"loud\"}");
            client.end();

            assertThat(client.next()).isEqualTo(answer("", "bye", 3));
            assertThat(client.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void oneAnswerComesWhenTheClientIsThrough() {
        try (SocketClient client = open("/v1/gather")) {
            client.send("{\"text\":\"a\"}").send("{\"text\":\"b\"}").end();

            assertThat(client.next()).isEqualTo("[\"a\",\"b\"]");
            assertThat(client.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void whoSendsNothingIsAnsweredToo() {
        try (SocketClient client = open("/v1/gather").end()) {
            assertThat(client.next()).isEqualTo("[]");
            assertThat(client.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void theMethodsOwnPathSpeaksProtobufsOwnJson() {
        try (SocketClient client = open(CANONICAL)) {
            client.send("{\"text\":\"one\",\"tone\":\"TONE_LOUD\",\"count\":\"7\"}");

            assertThat(client.next())
                    .isEqualTo("{\"text\":\"one\",\"count\":\"1\",\"tone\":\"TONE_LOUD\"}");
        }
        try (SocketClient client = open("/tandem.test.v1.TalkService/Gather")) {
            assertThat(client.send("{\"text\":\"a\"}").end().next())
                    .isEqualTo("{\"texts\":[\"a\"]}");
        }
    }

    @Test
    void pathAndQueryFillTheFirstMessageOverWhatStandsThere() {
        try (SocketClient client = open("/v1/rooms/a%2Fb/talk?text=asked&tone=loud")) {
            client.send("{\"room\":\"mine\",\"text\":\"sent\"}").send("{\"text\":\"next\"}");

            assertThat(client.next())
                    .isEqualTo(
                            "{\"room\":\"a/b\",\"text\":\"asked\",\"count\":1,\"tone\":\"loud\"}");
            assertThat(client.next()).isEqualTo(answer("", "next", 2));
        }
    }

    @Test
    void messagesMayBeProtobufInEitherDirection() {
        TalkRequest request =
                TalkRequest.newBuilder().setText("one").setTone(Tone.TONE_LOUD).build();
        try (SocketClient client = open(CANONICAL)) {
            assertThat(client.send(request.toByteArray()).next()).contains("TONE_LOUD");
        }
        try (SocketClient client =
                SocketClient.open(
                        server.port(),
                        CANONICAL,
                        builder -> builder.subprotocols("x", "tandem.proto.v1"))) {
            assertThat(client.subprotocol()).isEqualTo("tandem.proto.v1");
            client.send(request.toByteArray());
            assertThat(client.next()).isEqualTo("binary 12036f6e6518012001");
            client.send("{\"script\":\"refuse\"}");
            assertThat(client.next()).startsWith("{\"error\":{").contains("room_not_found");
            assertThat(client.next()).startsWith("close 4404");
        }
    }

    @Test
    void fragmentsAreOneMessage() {
        try (SocketClient client = open(TALK)) {
            client.sendInParts("{\"text\":\"in parts\u2603\"}", 3).ping("between");

            assertThat(List.of(client.next(), client.next()))
                    .containsExactlyInAnyOrder(answer("blue", "in parts\u2603", 1), "pong between");
        }
    }

    @Test
    void pingsAreAnsweredWhileTheHandlerIsBusy() throws InterruptedException {
        try (SocketClient client = open(TALK)) {
            client.send("{\"script\":\"wait\"}");
            assertThat(SERVICE.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();

            assertThat(client.ping("there?").next()).isEqualTo("pong there?");
        }
    }

    @Test
    void everyMessageIsValidated() {
        try (SocketClient client = open(TALK)) {
            client.send("{\"text\":\"fine\"}");
            assertThat(client.next()).isEqualTo(answer("blue", "fine", 1));
            client.send("{\"text\":\"" + "x".repeat(100_001) + "\",\"count\":true}");

            assertThat(client.next())
                    .contains("\"code\":\"validation_failed\"")
                    .contains("string.max_len")
                    .contains("\"field\":\"count\"")
                    .contains("\"request_id\":\"req_");
            assertThat(client.next()).startsWith("close 4422 validation_failed: ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "refuse, room_not_found, 4404",
        "limited, rate_limit_exceeded, 4429",
        "crash, internal_error, 1011"
    })
    void errorsAreTheLastMessage(String script, String reason, int code) {
        try (SocketClient client = open(TALK)) {
            client.send("{\"script\":\"" + script + "\"}");

            assertThat(client.next())
                    .startsWith("{\"error\":{\"message\":\"")
                    .contains("\"code\":\"" + reason + "\"")
                    .doesNotContain("secret");
            assertThat(client.next()).startsWith("close " + code + " " + reason + ": ");
        }
    }

    @Test
    void retryAfterIsInTheError() {
        try (SocketClient client = open("/v1/gather").send("{\"script\":\"limited\"}")) {
            assertThat(client.next()).contains("\"retry_after\":2");
            assertThat(client.next()).isEqualTo("close 4429 rate_limit_exceeded: Too many.");
        }
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        try (SocketClient client = open(TALK).send("{\"script\":\"long\"}")) {
            assertThat(client.next()).contains("\u2603".repeat(100));
            assertThat(client.next()).isEqualTo("close 4409 long: " + "\u2603".repeat(39));
        }
    }

    @Test
    void whatIsNoJsonIsRefused() {
        try (SocketClient client = open(TALK).send("nonsense")) {
            assertThat(client.next()).contains("\"code\":\"invalid_json\"").contains("line 1");
            assertThat(client.next()).startsWith("close 1007 invalid_json: ");
        }
    }

    @Test
    void whatIsNoProtobufIsRefused() {
        try (SocketClient client = open(TALK).send(new byte[] {1, 2, 3})) {
            assertThat(client.next()).contains("\"code\":\"malformed_message\"");
            assertThat(client.next()).startsWith("close 1007 malformed_message: ");
        }
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() {
        try (SocketClient client = open(TALK)) {
            client.sendInParts(" ".repeat(LIMIT + 1), 16_000);

            assertThat(client.next()).contains("\"code\":\"request_too_large\"");
            assertThat(client.next()).startsWith("close 1009 request_too_large: ");
        }
    }

    @Test
    void largeMessagesPassInBothDirections() {
        String text = "y".repeat(100_000);
        try (SocketClient client = open(TALK).send("{\"text\":\"" + text + "\"}")) {
            assertThat(client.next()).isEqualTo(answer("blue", text, 1));
        }
    }

    @Test
    void aMessageBehindTheLastIsAnError() throws InterruptedException {
        try (SocketClient client = open("/v1/gather").send("{\"script\":\"pause\"}")) {
            assertThat(SERVICE.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
            client.end().send("{}");

            assertThat(client.next()).contains("\"code\":\"protocol_error\"");
            assertThat(client.next()).startsWith("close 1002 protocol_error: ");
        }
    }
}
