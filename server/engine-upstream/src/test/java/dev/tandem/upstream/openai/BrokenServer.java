package dev.tandem.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.Code;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.openai.Asked.Outcome;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A call to a server that breaks as a test tells it. */
final class BrokenServer {
    static final String ROLE =
            "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}";
    static final String STOP =
            "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    static final Duration SHORT = Duration.ofMillis(300);
    static final Duration LONG = Duration.ofSeconds(20);

    private BrokenServer() {}

    static String text(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
    }

    static Outcome ask(RawServer.Talk talk) throws InterruptedException {
        return ask(talk, settings -> settings);
    }

    static Outcome ask(RawServer.Talk talk, UnaryOperator<OpenAiSettings> change)
            throws InterruptedException {
        try (RawServer server = RawServer.start(talk);
                Asked asked = Asked.of(server.address(), change)) {
            return asked.chat();
        }
    }

    /** Answers the first request as told, and begins an answer in events before. */
    static RawServer.Talk inTheMiddle(RawServer.Talk then) {
        return peer -> {
            peer.request();
            peer.beginEvents();
            peer.events(ROLE, text("a"));
            then.with(peer);
        };
    }

    static void brokeInTheMiddle(Outcome outcome, String why) {
        assertThat(outcome.text()).isEqualTo("a");
        assertThat(outcome.failure().reason()).isEqualTo("upstream_error");
        assertThat(outcome.failure().code()).isEqualTo(Code.UPSTREAM_FAILED);
        assertThat(outcome.failure().message()).contains(why);
    }
}
