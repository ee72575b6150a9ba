package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.runtime.wire.envelope.Raw;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How streams of gRPC-Web and Connect end before their time, over both versions of HTTP: with one
 * last word, and with the reason in the log.
 */
class RpcStreamEndsTest {
    private static final String METHOD = "/tandem.test.v1.EchoService/SayOn";
    private static final Duration SOON = Duration.ofMillis(300);

    private final Echo echo = new Echo();
    private final AccessLines log = new AccessLines();

    @SuppressWarnings("NullAway.Init") // by start(), which each test calls first
    private Server server;

    enum Wire {
        GRPC_WEB("application/grpc-web+json", "grpc-status: "),
        CONNECT("application/connect+json", "\"error\":{\"code\":\"");

        private final String type;
        private final String lastWord;

        Wire(String type, String lastWord) {
            this.type = type;
            this.lastWord = lastWord;
        }

        private String lastWord(int grpc, String connect) {
            return lastWord + (this == GRPC_WEB ? grpc : connect);
        }
    }

    static Stream<Arguments> wires() {
        return Stream.of(Wire.values())
                .flatMap(wire -> Stream.of(Arguments.of(wire, 1), Arguments.of(wire, 2)));
    }

    private void start(StreamLimits limits) {
        server =
                Server.builder()
                        .service(echo.service())
                        .timeLimits(limits)
                        .drainLimit(Duration.ZERO)
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    /** Calls, and reads until the last word came. */
    private void isTold(Wire wire, int version, String script, String lastWord, String reason)
            throws Exception {
        String json = "{\"text\":\"a\",\"count\":1,\"script\":\"" + script + "\"}";
        byte[] frame = Raw.frame(0, json.getBytes(StandardCharsets.US_ASCII));
        if (version == 1) {
            try (RawHttp http = new RawHttp(server.port())) {
                http.send(
                        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n"
                                        .formatted(METHOD, wire.type)
                                + "Content-Length: %d\r\n\r\n".formatted(frame.length)
                                + new String(frame, StandardCharsets.ISO_8859_1));
                http.readUntil(lastWord);
            }
        } else {
            try (RawHttp2 http = new RawHttp2(server.port())) {
                http.request("POST", METHOD, frame, List.of("content-type", wire.type));
                assertThat(http.readAll()).contains(lastWord);
            }
        }
        assertThat(log.await("/" + reason)).contains("call=tandem.test.v1.EchoService/SayOn");
    }

    @ParameterizedTest
    @MethodSource("wires")
    void anAnswerThatDoesNotBegin(Wire wire, int version) throws Exception {
        start(StreamLimits.NONE.firstMessage(SOON));
        String word = wire.lastWord(4, "deadline_exceeded");
        isTold(wire, version, "wait", word, "first_message_timeout");
    }

    @ParameterizedTest
    @MethodSource("wires")
    void aStreamThatFallsSilent(Wire wire, int version) throws Exception {
        start(StreamLimits.NONE.messageGap(SOON));
        String word = wire.lastWord(4, "deadline_exceeded");
        isTold(wire, version, "then-wait", word, "message_gap_timeout");
    }

    @ParameterizedTest
    @MethodSource("wires")
    void aStreamThatLastsTooLong(Wire wire, int version) throws Exception {
        start(StreamLimits.NONE.call(SOON));
        String word = wire.lastWord(4, "deadline_exceeded");
        isTold(wire, version, "then-wait", word, "call_timeout");
    }

    @ParameterizedTest
    @MethodSource("wires")
    void anErrorAfterTheFirstMessage(Wire wire, int version) throws Exception {
        start(StreamLimits.NONE);
        isTold(wire, version, "then-refuse", wire.lastWord(5, "not_found"), "model_not_found");
    }

    @ParameterizedTest
    @MethodSource("wires")
    void aServerThatStops(Wire wire, int version) throws Exception {
        start(StreamLimits.NONE);
        Thread stopping =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                assertThat(echo.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            server.close();
                        });
        isTold(wire, version, "then-wait", wire.lastWord(14, "unavailable"), "server_stopping");
        stopping.join();
    }
}
