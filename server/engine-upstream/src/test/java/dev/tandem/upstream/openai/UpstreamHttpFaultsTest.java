package dev.tandem.upstream.openai;

import static dev.tandem.upstream.openai.BrokenServer.LONG;
import static dev.tandem.upstream.openai.BrokenServer.SHORT;
import static dev.tandem.upstream.openai.BrokenServer.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.Code;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.openai.Asked.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a broken HTTP answer, or one that tells an error, makes of a call: one clear error, soon.
 */
@Timeout(30)
class UpstreamHttpFaultsTest {
    @ParameterizedTest
    @ValueSource(strings = {"500 Internal Server Error", "502 Bad Gateway", "520 Whatever"})
    void serverErrorsAreUpstreamErrors(String status) throws InterruptedException {
        Outcome outcome =
                ask(peer -> {
                    peer.request();
                    peer.answer(status, "text/html", "<h1>secret stack trace</h1>");
                });

        assertThat(outcome.chunks()).isEmpty();
        assertThat(outcome.failure().reason()).isEqualTo("upstream_error");
        assertThat(outcome.failure().message())
                .contains(status.substring(0, 3))
                .doesNotContain("secret");
    }

    @Test
    void tooManyRequestsTellWhenToTryAgain() throws InterruptedException {
        Outcome outcome =
                ask(peer -> {
                    peer.request();
                    peer.answer(
                            "429 Too Many Requests",
                            "application/json",
                            "{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}",
                            "retry-after: 7");
                });

        assertThat(outcome.failure().reason()).isEqualTo("upstream_rate_limited");
        assertThat(outcome.failure().code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(outcome.failure().retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void tooManyRequestsWithoutATimeTellNone() throws InterruptedException {
        Outcome outcome =
                ask(peer -> {
                    peer.request();
                    peer.answer("429 Too Many Requests", "application/json", "{}");
                });

        assertThat(outcome.failure().reason()).isEqualTo("upstream_rate_limited");
        assertThat(outcome.failure().retryAfter()).isNull();
    }

    @Test
    void slowHeadersAreATimeout() throws InterruptedException {
        Outcome outcome =
                ask(
                        peer -> {
                            peer.request();
                            peer.say("HTTP/1.1 200 OK\r\ncontent-ty");
                            peer.awaitLeaving();
                        },
                        Asked.within(SHORT, LONG));

        assertThat(outcome.failure().reason()).isEqualTo("upstream_timeout");
        assertThat(outcome.failure().code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/octet-stream", "text/plain", ""})
    void aWrongContentTypeIsAnError(String type) throws InterruptedException {
        Outcome outcome =
                ask(peer -> {
                    peer.request();
                    peer.answer("200 OK", type, "<p>Please log in</p>");
                });

        assertThat(outcome.failure().reason()).isEqualTo("upstream_error");
        assertThat(outcome.failure().message()).contains("content-type").doesNotContain("log in");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirectsAreNotFollowed(int status) throws InterruptedException {
        try (RawServer other =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.answer("200 OK", "application/json", "{}");
                        });
                RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.answer(
                                    status + " Elsewhere",
                                    "text/plain",
                                    "",
                                    "location: " + other.address());
                        });
                Asked asked = Asked.of(server)) {
            Outcome outcome = asked.chat();

            assertThat(outcome.failure().reason()).isEqualTo("upstream_misconfigured");
            assertThat(outcome.failure().code()).isEqualTo(Code.UPSTREAM_FAILED);
            assertThat(other.peers()).isEmpty();
        }
    }

    @Test
    void anEndlessHeadIsCutOff() throws InterruptedException {
        Outcome outcome =
                ask(peer -> {
                    peer.request();
                    peer.say("HTTP/1.1 200 OK\r\n");
                    while (true) {
                        peer.say("x-filler: " + "x".repeat(1000) + "\r\n");
                    }
                });

        assertThat(outcome.failure().reason()).isEqualTo("upstream_error");
        assertThat(outcome.failure().message()).contains("head is larger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding:"
                        + " chunked\r\n\r\nzz\r\n"
            })
    void whatIsNoHttpIsAnError(String answer) throws InterruptedException {
        Outcome outcome =
                ask(peer -> {
                    peer.request();
                    peer.say(answer);
                    peer.awaitLeaving();
                });

        assertThat(outcome.failure().reason()).isEqualTo("upstream_error");
    }
}
