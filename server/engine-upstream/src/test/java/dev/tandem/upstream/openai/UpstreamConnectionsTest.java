package dev.tandem.upstream.openai;

import static dev.tandem.upstream.openai.BrokenServer.ROLE;
import static dev.tandem.upstream.openai.BrokenServer.SHORT;
import static dev.tandem.upstream.openai.BrokenServer.STOP;
import static dev.tandem.upstream.openai.BrokenServer.ask;
import static dev.tandem.upstream.openai.BrokenServer.brokeInTheMiddle;
import static dev.tandem.upstream.openai.BrokenServer.inTheMiddle;
import static dev.tandem.upstream.openai.BrokenServer.text;
import static dev.tandem.upstream.openai.OneChat.DONE;
import static dev.tandem.upstream.openai.OneChat.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.Code;
import dev.tandem.testtools.Peer;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.http.HttpSettings;
import dev.tandem.upstream.openai.Asked.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of connections: they are used again, replaced, or one clear error when they break.
 */
@Timeout(30)
class UpstreamConnectionsTest {
    @Test
    void connectionsAreUsedAgain() throws InterruptedException {
        try (RawServer server = streaming(DONE);
                Asked asked = Asked.of(server)) {
            for (int i = 0; i < 20; i++) {
                assertThat(asked.chat().text()).isEqualTo("x");
            }
            assertThat(server.peers()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void aResetInTheMiddleIsAnError() throws InterruptedException {
        Outcome outcome = ask(inTheMiddle(Peer::reset));

        // what a reset overtakes is lost to the reader
        assertThat(outcome.failure().reason()).isEqualTo("upstream_error");
        assertThat(outcome.failure().message()).contains("connection");
    }

    @Test
    void anEndInTheMiddleIsAnError() throws InterruptedException {
        brokeInTheMiddle(ask(inTheMiddle(peer -> {})), "connection ended before the answer did");
    }

    @Test
    void aConnectionThatWasClosedWhileIdleIsReplaced() throws InterruptedException {
        try (RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.beginEvents();
                            peer.events(ROLE, text("a"), STOP, "[DONE]");
                            peer.endChunks();
                        });
                Asked asked = Asked.of(server)) {
            assertThat(asked.chat().text()).isEqualTo("a");
            assertThat(asked.chat().text()).isEqualTo("a");

            assertThat(server.peers()).hasSize(2);
        }
    }

    @Test
    void aConnectionThatIsClosedAtTheNextRequestIsReplaced() throws InterruptedException {
        try (RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.beginEvents();
                            peer.events(ROLE, text("a"), STOP, "[DONE]");
                            peer.endChunks();
                            peer.request();
                        });
                Asked asked = Asked.of(server)) {
            assertThat(asked.chat().text()).isEqualTo("a");
            assertThat(asked.chat().text()).isEqualTo("a");

            assertThat(server.peers()).hasSize(2);
            assertThat(server.peers().getFirst().requests()).hasSize(2);
        }
    }

    @Test
    void aServerThatDoesNotReadIsATimeout() throws InterruptedException {
        HttpSettings usual = HttpSettings.DEFAULT;
        HttpSettings hasty =
                new HttpSettings(
                        usual.connect(), SHORT, usual.idle(), usual.idleConnections(), 64 << 10);
        try (RawServer server = RawServer.start(peer -> Thread.currentThread().join());
                Asked asked = Asked.of(server.address(), settings -> settings, hasty)) {
            Outcome outcome = asked.chat(Asked.hello().setUser("x".repeat(32 << 20)).build());

            assertThat(outcome.failure().reason()).isEqualTo("upstream_timeout");
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws InterruptedException {
        RawServer server = RawServer.start(peer -> {});
        server.close();
        try (Asked asked = Asked.of(server)) {
            Outcome outcome = asked.chat();

            assertThat(outcome.failure().reason()).isEqualTo("upstream_unavailable");
            assertThat(outcome.failure().code()).isEqualTo(Code.UNAVAILABLE);
        }
    }
}
