package dev.tandem.upstream.openai;

import static dev.tandem.upstream.openai.BrokenServer.LONG;
import static dev.tandem.upstream.openai.BrokenServer.SHORT;
import static dev.tandem.upstream.openai.BrokenServer.STOP;
import static dev.tandem.upstream.openai.BrokenServer.ask;
import static dev.tandem.upstream.openai.BrokenServer.brokeInTheMiddle;
import static dev.tandem.upstream.openai.BrokenServer.inTheMiddle;
import static dev.tandem.upstream.openai.BrokenServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Peer;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.openai.Asked.Outcome;
import dev.tandem.upstream.sse.EventLimits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What broken events make of a call: one clear error, soon, and never a silent cut. */
@Timeout(30)
class UpstreamEventFaultsTest {
    @Test
    void nothingBeforeTheFirstTokenIsATimeoutThoughCommentsCome() throws InterruptedException {
        Outcome outcome =
                ask(
                        peer -> {
                            peer.request();
                            peer.beginEvents();
                            while (true) {
                                peer.chunk(": still here\n\n");
                            }
                        },
                        Asked.within(SHORT, LONG).andThen(s -> limitedTo(s, 1L << 30))::apply);

        assertThat(outcome.chunks()).isEmpty();
        assertThat(outcome.failure().reason()).isEqualTo("upstream_timeout");
        assertThat(outcome.failure().message()).contains("did not begin");
    }

    @Test
    void aStallInTheMiddleIsATimeout() throws InterruptedException {
        Outcome outcome = ask(inTheMiddle(Peer::awaitLeaving), Asked.within(LONG, SHORT));

        assertThat(outcome.text()).isEqualTo("a");
        assertThat(outcome.failure().reason()).isEqualTo("upstream_timeout");
        assertThat(outcome.failure().message()).contains("did not go on");
    }

    @Test
    void truncatedJsonIsAnError() throws InterruptedException {
        brokeInTheMiddle(
                ask(inTheMiddle(peer -> peer.events("{\"choices\":[{\"index\":0,\"del"))),
                "no answer of this API");
    }

    @Test
    void bytesThatAreNotUtf8AreAnError() throws InterruptedException {
        byte[] event = ("data: " + text("?") + "\n\n").getBytes(StandardCharsets.UTF_8);
        event[new String(event, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xFF;

        brokeInTheMiddle(ask(inTheMiddle(peer -> peer.chunk(event))), "not UTF-8");
    }

    @Test
    void aMissingEndMarkIsAnErrorThoughTheFinishReasonCame() throws InterruptedException {
        brokeInTheMiddle(
                ask(
                        inTheMiddle(peer -> {
                            peer.events(STOP);
                            peer.endChunks();
                        })),
                "without its end mark");
    }

    @Test
    void aMissingFinishReasonIsAnError() throws InterruptedException {
        brokeInTheMiddle(
                ask(
                        inTheMiddle(peer -> {
                            peer.events("[DONE]");
                            peer.endChunks();
                        })),
                "without a finish reason");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":{\"message\":\"out of memory\",\"type\":\"server_error\"}}\n\n",
                "event: error\ndata: {\"error\":\"out of memory\"}\n\n",
                "event: error\ndata: what?\n\n",
                "data: {\"error\":\"out of memory\"}\n\n",
                "data: {\"object\":\"error\",\"message\":\"out of memory\",\"choices\":7}\n\n"
            })
    void anErrorEventInTheMiddleEndsTheCall(String event) throws InterruptedException {
        brokeInTheMiddle(ask(inTheMiddle(peer -> peer.chunk(event))), "failed");
    }

    @Test
    void aHugeLineIsAnError() throws InterruptedException {
        brokeInTheMiddle(
                ask(
                        inTheMiddle(peer -> {
                            peer.chunk("data: ");
                            while (true) {
                                peer.chunk("x".repeat(1000));
                            }
                        }),
                        settings -> withEvents(settings, new EventLimits(4096, 4096))),
                "longer than 4096 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[]}",
                "{\"choices\":null}",
                "{}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}"
            })
    void emptyChoicesAreAnError(String event) throws InterruptedException {
        Outcome outcome =
                ask(peer -> {
                    peer.request();
                    peer.beginEvents();
                    peer.events(event, "[DONE]");
                    peer.endChunks();
                });

        assertThat(outcome.chunks()).isEmpty();
        assertThat(outcome.failure().reason()).isEqualTo("upstream_error");
        assertThat(outcome.failure().message()).contains("no choice");
    }

    @Test
    void anEndlessAnswerIsCutOff() throws InterruptedException {
        Outcome outcome =
                ask(
                        inTheMiddle(peer -> {
                            while (true) {
                                peer.events(text("a"));
                            }
                        }),
                        settings -> limitedTo(settings, 100_000));

        assertThat(outcome.text()).hasSizeGreaterThan(100);
        assertThat(outcome.failure().reason()).isEqualTo("upstream_error");
        assertThat(outcome.failure().message()).contains("larger than it may be");
    }

    private static OpenAiSettings limitedTo(OpenAiSettings settings, long bytes) {
        Limits now = settings.limits();
        return settings.limits(new Limits(now.first(), now.gap(), bytes, now.events()));
    }

    private static OpenAiSettings withEvents(OpenAiSettings settings, EventLimits events) {
        Limits now = settings.limits();
        return settings.limits(new Limits(now.first(), now.gap(), now.answer(), events));
    }
}
