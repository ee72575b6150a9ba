package dev.tandem.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.bedrock.BedrockSettings.Limits;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.contract.EngineCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a broken service makes of a call: one clear error, soon, and never a silent cut. */
@Timeout(30)
class BedrockFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static Asked ask(BedrockServer.Talk talk) {
        return ask(talk, settings -> settings);
    }

    private static Asked ask(BedrockServer.Talk talk, UnaryOperator<BedrockSettings> change) {
        return Asked.of(EngineCall.hello().build(), talk, change);
    }

    private static BedrockServer.Talk inTheMiddle(BedrockServer.Talk then) {
        return peer -> {
            peer.begin();
            peer.text("a");
            then.with(peer);
        };
    }

    private static UnaryOperator<BedrockSettings> within(Duration first, Duration gap) {
        return settings -> settings.limits(new Limits(LONG, first, gap, 64 << 10, 10));
    }

    private static void brokeInTheMiddle(Asked asked, String why) {
        assertThat(asked.failure().reason()).isEqualTo("upstream_error");
        assertThat(asked.failure().code()).isEqualTo(Code.UPSTREAM_FAILED);
        assertThat(asked.failure().message()).contains(why);
        assertThat(asked.text()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({
        "429 Busy,         ThrottlingException,            upstream_rate_limited",
        "429 Busy,         ModelNotReadyException,         upstream_unavailable",
        "503 Busy,         ServiceUnavailableException,    upstream_unavailable",
        "503 Busy,         SomethingNew,                   upstream_unavailable",
        "408 Late,         ModelTimeoutException,          upstream_timeout",
        "424 Model,        ModelErrorException,            upstream_error",
        "500 Broken,       InternalServerException,        upstream_error",
        "502 Bad Gateway,  SomethingNew,                   upstream_error",
        "400 Bad Request,  ServiceQuotaExceededException,  upstream_misconfigured",
        "400 Bad Request,  ValidationException,            unsupported_value",
        "403 Forbidden,    AccessDeniedException,          upstream_misconfigured",
        "403 Forbidden,    ExpiredTokenException,          upstream_misconfigured",
        "403 Forbidden,    UnrecognizedClientException,    upstream_misconfigured",
        "403 Forbidden,    InvalidSignatureException,      upstream_misconfigured",
        "404 Not Found,    ResourceNotFoundException,      upstream_misconfigured",
        "413 Too Large,    SomethingNew,                   request_too_large"
    })
    void theServicesErrorsAreOurs(String status, String type, String reason) {
        Asked asked = ask(peer -> peer.refuse(status, type, "told"));

        assertThat(asked.failure().reason()).isEqualTo(reason);
        assertThat(asked.chunks()).isEmpty();
        assertThat(asked.requests()).as("nothing is tried again here").hasSize(1);
    }

    @Test
    void tooManyRequestsTellWhenToTryAgain() {
        Asked asked =
                ask(peer ->
                        peer.refuse("429 Busy", "ThrottlingException", "told", "retry-after: 7"));

        assertThat(asked.failure().retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Input is too long for requested model.           | context_length_exceeded",
                "prompt is too long: 215000 tokens > 200000       | context_length_exceeded",
                "The provided model identifier is invalid.        | upstream_misconfigured",
                "Invocation with on-demand throughput isn’t supported. | upstream_misconfigured",
                "temperature: range 0..1                          | unsupported_value"
            })
    void whatIsNotValidIsTheCallersOrTheOperators(String message, String reason) {
        Asked asked = ask(peer -> peer.refuse("400 Bad Request", "ValidationException", message));

        assertThat(asked.failure().reason()).isEqualTo(reason);
    }

    @Test
    void noSecretIsInAnError() {
        Asked asked =
                ask(peer ->
                        peer.refuse(
                                "400 Bad Request",
                                "ValidationException",
                                "no " + Front.SECRET.reveal() + " " + Front.SESSION.reveal()));

        assertThat(asked.failure().message()).isEqualTo("no *** ***");
        assertThat(Front.settings(URI.create("http://x"), Front.keys()).toString())
                .doesNotContain(Front.SECRET.reveal())
                .doesNotContain(Front.ID.reveal())
                .doesNotContain(Front.SESSION.reveal());
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException,          upstream_rate_limited",
        "serviceUnavailableException,  upstream_unavailable",
        "internalServerException,      upstream_error",
        "modelStreamErrorException,    upstream_error",
        "validationException,          unsupported_value",
        "ofTomorrowException,          upstream_error"
    })
    void anExceptionInTheMiddleIsTheEnd(String type, String reason) {
        Asked asked = ask(inTheMiddle(peer -> peer.exception(type, "told")));

        assertThat(asked.text()).isEqualTo("a");
        assertThat(asked.failure().reason()).isEqualTo(reason);
    }

    @Test
    void aCutInTheMiddleIsAnError() {
        brokeInTheMiddle(ask(inTheMiddle(peer -> {})), "");
        brokeInTheMiddle(ask(inTheMiddle(peer -> peer.say("0\r\n\r\n"))), "without a stop reason");
    }

    @Test
    void aResetInTheMiddleIsAnError() {
        // what a reset overtakes is lost to the reader
        assertThat(ask(inTheMiddle(Peer::reset)).failure().reason()).isEqualTo("upstream_error");
    }

    @Test
    void halfAFrameIsAnError() {
        byte[] frame = Peer.frame("event", ":event-type", "messageStop", "{}");
        byte[] half = Arrays.copyOf(frame, frame.length / 2);

        brokeInTheMiddle(
                ask(
                        inTheMiddle(peer -> {
                            peer.chunk(half);
                            peer.say("0\r\n\r\n");
                        })),
                "");
    }

    @Test
    void aFrameWithAWrongChecksumIsAnError() {
        byte[] frame = Peer.frame("event", ":event-type", "messageStop", "{}");
        frame[frame.length - 1] ^= 1;

        brokeInTheMiddle(
                ask(
                        inTheMiddle(peer -> {
                            peer.chunk(frame);
                            peer.awaitLeaving();
                        })),
                "");
    }

    @Test
    void bytesThatAreNoFrameAreAnError() {
        brokeInTheMiddle(
                ask(
                        inTheMiddle(peer -> {
                            peer.chunk(
                                    "hello, this is no frame at all"
                                            .getBytes(StandardCharsets.UTF_8));
                            peer.awaitLeaving();
                        })),
                "");
    }

    @Test
    void jsonThatIsCutIsAnError() {
        brokeInTheMiddle(
                ask(
                        inTheMiddle(peer -> {
                            peer.event("contentBlockDelta", "{\"contentBlockIndex\":0,\"del");
                            peer.awaitLeaving();
                        })),
                "");
    }

    @Test
    void anotherMediaTypeIsAnError() {
        Asked asked = ask(peer -> peer.answer("200 OK", "{}"));

        assertThat(asked.failure().reason()).isEqualTo("upstream_error");
        assertThat(asked.failure().message()).contains("content-type");
    }

    @Test
    void nothingBeforeTheFirstTokenIsATimeout() {
        Asked asked = ask(Peer::awaitLeaving, within(SHORT, LONG));

        assertThat(asked.failure().reason()).isEqualTo("upstream_timeout");
        assertThat(asked.failure().message()).contains("did not begin");
    }

    @Test
    void aStallInTheMiddleIsATimeout() {
        Asked asked = ask(inTheMiddle(Peer::awaitLeaving), within(LONG, SHORT));

        assertThat(asked.text()).isEqualTo("a");
        assertThat(asked.failure().reason()).isEqualTo("upstream_timeout");
        assertThat(asked.failure().message()).contains("did not go on");
    }

    @Test
    void anAnswerWithoutEndIsAnError() {
        Asked asked =
                ask(
                        inTheMiddle(peer -> {
                            while (true) {
                                peer.text("b");
                            }
                        }),
                        within(LONG, LONG));

        assertThat(asked.failure().reason()).isEqualTo("upstream_error");
        assertThat(asked.failure().message()).contains("more than 65536 bytes");
    }

    @Test
    void aRedirectIsNotFollowed() {
        Asked asked = ask(peer -> peer.answer("307 There", "{}", "location: http://127.0.0.1:1/"));

        assertThat(asked.failure().reason()).isEqualTo("upstream_misconfigured");
        assertThat(asked.requests()).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        Front front = Front.of(peer -> {});
        front.server().close();
        try (front;
                EngineCall call = EngineCall.begin(front.engine(), EngineCall.hello().build())) {
            call.awaitEnd();

            assertThat(Objects.requireNonNull(call.failure()).reason())
                    .isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void missingCredentialsAreTheOperatorsConcern() {
        BedrockCredentials nobodys = new BedrockCredentials.Profile("of-nobody");

        Asked asked =
                ask(peer -> {}, settings -> Front.settings(settings.access().endpoint(), nobodys));

        assertThat(asked.failure().reason()).isEqualTo("upstream_misconfigured");
        assertThat(asked.requests()).isEmpty();
    }

    /** A reader who takes nothing holds up the server, whose answer would fill the memory. */
    @Test
    void aSlowReaderHoldsUpTheServer() {
        AtomicLong said = new AtomicLong();
        Semaphore wanted = new Semaphore(0);
        String text = "x".repeat(16 << 10);
        try (Front front =
                        Front.of(
                                inTheMiddle(peer -> {
                                    for (int i = 0; i < 4_000; i++) {
                                        peer.text(text);
                                        said.incrementAndGet();
                                    }
                                    peer.stop("end_turn");
                                }),
                                settings ->
                                        settings.limits(
                                                new Limits(LONG, LONG, LONG, 1L << 30, 10)));
                EngineCall call =
                        EngineCall.begin(
                                front.engine(),
                                EngineCall.hello().build(),
                                null,
                                wanted::acquireUninterruptibly)) {
            long before = -1;
            while (said.get() == 0 || said.get() != before) {
                before = said.get();
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            }
            assertThat(before).isLessThan(2_000);
            call.leave();
            wanted.release(Integer.MAX_VALUE);
            call.awaitEnd();
        }
    }

    @Test
    void anEngineThatIsClosedEndsItsCalls() {
        Front front = Front.of(inTheMiddle(Peer::awaitLeaving));
        try (front;
                EngineCall call = EngineCall.begin(front.engine(), EngineCall.hello().build())) {
            call.awaitText();
            front.engine().close();
            call.awaitEnd();

            assertThat(Objects.requireNonNull(call.failure()).reason())
                    .isEqualTo("upstream_unavailable");
        }
    }
}
