package dev.tandem.runtime;

import static dev.tandem.runtime.RawWebSocket.BINARY;
import static dev.tandem.runtime.RawWebSocket.CLOSE;
import static dev.tandem.runtime.RawWebSocket.LAST;
import static dev.tandem.runtime.RawWebSocket.PING;
import static dev.tandem.runtime.RawWebSocket.PONG;
import static dev.tandem.runtime.RawWebSocket.TEXT;
import static dev.tandem.runtime.RawWebSocket.closing;
import static dev.tandem.runtime.RawWebSocket.frame;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.runtime.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of RFC 6455 by hand: good ones, and what is answered to bad ones. */
class WebSocketFramesTest {
    private static final String TALK = "/v1/rooms/blue/talk";
    private static final int LIMIT = 70_000;

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

    private static RawWebSocket open() {
        return RawWebSocket.open(server.port(), TALK);
    }

    /** Bytes as text, and the code that answers them. */
    static Stream<Arguments> badFrames() {
        return Stream.of(
                arguments("not masked", text("\u0081\u0002{}"), 1002),
                arguments(
                        "first reserved bit (a compressed message)",
                        text("\u00c1\u0080MASK"),
                        1002),
                arguments("second reserved bit", text("\u00a1\u0080MASK"), 1002),
                arguments("third reserved bit", text("\u0091\u0080MASK"), 1002),
                arguments("reserved data opcode", text("\u0083\u0080MASK"), 1002),
                arguments("reserved control opcode", text("\u008b\u0080MASK"), 1002),
                arguments("a ping in parts", frame(PING, bytes("a")), 1002),
                arguments("a long ping", frame(LAST | PING, new byte[126]), 1002),
                arguments("a long Close frame", frame(LAST | CLOSE, new byte[126]), 1002),
                arguments("half a close code", frame(LAST | CLOSE, new byte[] {3}), 1002),
                arguments("close code 999", frame(LAST | CLOSE, closing(999, "")), 1002),
                arguments("close code 1004", frame(LAST | CLOSE, closing(1004, "")), 1002),
                arguments("close code 1005", frame(LAST | CLOSE, closing(1005, "")), 1002),
                arguments("close code 1006", frame(LAST | CLOSE, closing(1006, "")), 1002),
                arguments("close code 1015", frame(LAST | CLOSE, closing(1015, "")), 1002),
                arguments("close code 2999", frame(LAST | CLOSE, closing(2999, "")), 1002),
                arguments("close code 5000", frame(LAST | CLOSE, closing(5000, "")), 1002),
                arguments(
                        "a reason in Latin-1", frame(LAST | CLOSE, closing(1000, "\u00e4")), 1007),
                arguments("a continuation of nothing", frame(LAST, bytes("{}")), 1002),
                arguments(
                        "a message within a message",
                        join(frame(TEXT, bytes("{")), frame(LAST | TEXT, bytes("}"))),
                        1002),
                arguments("a short length in two bytes", text("\u0081\u00fe\u0000}MASK"), 1002),
                arguments(
                        "a middling length in eight bytes",
                        text("\u0081\u00ff\0\0\0\0\0\0\u00ff\u00ffMASK"),
                        1002),
                arguments("a negative length", text("\u0081\u00ff\u0080\0\0\0\0\0\0\0MASK"), 1002),
                arguments(
                        "a text in Latin-1",
                        frame(LAST | TEXT, "\"\u00e4\"".getBytes(ISO_8859_1)),
                        1007),
                arguments(
                        "half a surrogate pair",
                        frame(LAST | TEXT, text("\"\u00ed\u00a0\u0080\"")),
                        1007),
                arguments(
                        "a claim of too many bytes",
                        text("\u0081\u00ff\0\0\0\u007f\0\0\0\0MASK"),
                        1009),
                arguments(
                        "too many bytes in parts",
                        join(
                                frame(BINARY, new byte[LIMIT - 1]),
                                frame(0, new byte[1]),
                                frame(LAST, new byte[1])),
                        1009));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void badFrames(String what, byte[] bytes, int code) {
        try (RawWebSocket socket = open()) {
            socket.send(bytes);

            Frame error = socket.next();
            assertThat(error.opcode()).as(what).isEqualTo(TEXT);
            assertThat(error.text()).startsWith("{\"error\":{");
            assertThat(socket.next().code()).isEqualTo(code);
            socket.awaitEnd();
        }
    }

    @Test
    void aBadFrameEndsABusyHandlersCall() throws InterruptedException {
        try (RawWebSocket socket = open()) {
            socket.text("{\"script\":\"wait\"}");
            socket.send("\u0083\u0080MASK");

            assertThat(socket.awaitClose().code()).isEqualTo(1002);
            socket.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_000, 65_535, 65_536, 69_000})
    void messagesOfEveryFormOfLength(int padding) {
        try (RawWebSocket socket = open()) {
            socket.text("{\"text\":\"a\"}" + " ".repeat(padding));

            assertThat(socket.next().text()).contains("\"text\":\"a\"");
        }
    }

    @Test
    void framesThatComeByteByByte() {
        try (RawWebSocket socket = open()) {
            for (byte each : frame(LAST | TEXT, bytes("{\"text\":\"slow\"}"))) {
                socket.send(new byte[] {each});
            }

            assertThat(socket.next().text()).contains("slow");
        }
    }

    @Test
    void manyFramesInOneWrite() {
        try (RawWebSocket socket = open()) {
            socket.send(
                    join(
                            frame(TEXT, bytes("{\"text\"")),
                            frame(LAST | PING, bytes("ping")),
                            frame(LAST | PONG, bytes("unasked")),
                            frame(0, new byte[0]),
                            frame(LAST, bytes(":\"a\"}")),
                            frame(LAST | TEXT, bytes("{\"text\":\"b\"}")),
                            frame(LAST | TEXT, new byte[0])));

            assertThat(socket.next()).isEqualTo(new Frame(PONG, true, "ping"));
            assertThat(socket.next().text()).contains("\"text\":\"a\"");
            assertThat(socket.next().text()).contains("\"text\":\"b\"");
            assertThat(socket.next().text()).contains("\"text\":\"bye\"");
            assertThat(socket.next().code()).isEqualTo(1000);
        }
    }

    @Test
    void theClientsCloseIsAnsweredWithItsCode() {
        for (int code : new int[] {1000, 1001, 1014, 3000, 4999}) {
            try (RawWebSocket socket = open()) {
                socket.send(frame(LAST | CLOSE, closing(code, "going")));

                Frame close = socket.next();
                assertThat(close.opcode()).isEqualTo(CLOSE);
                assertThat(close.code()).isEqualTo(code);
                socket.awaitEnd();
            }
        }
    }

    @Test
    void anEmptyCloseIsAnsweredWithOne() {
        try (RawWebSocket socket = open()) {
            socket.send(frame(LAST | CLOSE, new byte[0]));

            assertThat(socket.next()).isEqualTo(new Frame(CLOSE, true, ""));
            socket.awaitEnd();
        }
    }

    @Test
    void whatFollowsACloseIsNotRead() {
        try (RawWebSocket socket = open()) {
            socket.send(
                    join(
                            frame(LAST | CLOSE, closing(1000, "")),
                            frame(LAST | TEXT, bytes("{\"script\":\"crash\"}"))));

            assertThat(socket.next().code()).isEqualTo(1000);
            socket.awaitEnd();
        }
    }

    @Test
    void theServerEndsFirstBehindBothCloses() {
        try (RawWebSocket socket = open()) {
            socket.text("");
            assertThat(socket.awaitClose().code()).isEqualTo(1000);
            socket.send(frame(LAST | CLOSE, closing(1000, "")));
            socket.awaitEnd();
        }
    }

    @Test
    void aClientThatNeverClosesIsNotWaitedForLong() {
        try (RawWebSocket socket = open()) {
            socket.text("");
            assertThat(socket.awaitClose().code()).isEqualTo(1000);
            socket.awaitEnd();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Characters as bytes, one each; MASK stands for a mask. */
    private static byte[] text(String bytes) {
        return bytes.getBytes(ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
