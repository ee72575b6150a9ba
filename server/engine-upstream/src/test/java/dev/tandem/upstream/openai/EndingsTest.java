package dev.tandem.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.ask.UpstreamErrors;
import dev.tandem.v1.ChatChunk;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How answers end that nobody waits for any more, and what the log keeps of failures. */
@Timeout(30)
class EndingsTest {
    @Test
    void closingTheEngineEndsAnswersThatHaveNotBegun() {
        try (ScriptedServer server = ScriptedServer.silent();
                EngineCall call = EngineCall.begin(server.engine(), EngineCall.hello().build())) {
            server.awaitAsked();
            server.engine().close();
            call.awaitEnd();

            assertThat(call.failure())
                    .extracting(ApiError::reason)
                    .isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void closingTheEngineEndsAnswersInTheirMiddle() {
        try (ScriptedServer server = ScriptedServer.playing(Script.saying("a").pause(new Gate()));
                EngineCall call = EngineCall.begin(server.engine(), EngineCall.hello().build())) {
            call.awaitText();
            server.engine().close();
            call.awaitEnd();

            assertThat(call.failure())
                    .extracting(ApiError::reason)
                    .isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void usageThatWasToldBeforeTheCallerLeftIsCounted() {
        try (ScriptedServer server = ScriptedServer.tellingUsageAtOnce();
                EngineCall call = EngineCall.begin(server.engine(), EngineCall.hello().build())) {
            call.awaitText();
            assertThat(call.offered()).noneMatch(ChatChunk::hasUsage);
            call.leave();
            call.awaitEnd();

            assertThat(call.offered()).filteredOn(ChatChunk::hasUsage).hasSize(1);
        }
    }

    @Test
    void theLogNamesTheServerAndNeverTheKey() throws InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler listening =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        lines.add(line.getMessage() + " " + List.of(line.getParameters()));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger logger = Logger.getLogger(UpstreamErrors.class.getName());
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(listening);
        try (RawServer server =
                        RawServer.start(peer -> {
                            peer.request();
                            peer.answer(
                                    "401 No",
                                    "application/json",
                                    "{\"error\":{\"message\":\"Wrong key: sk-very-secret\"}}");
                        });
                Asked asked = Asked.of(server.address(), s -> s.key(Secret.of("sk-very-secret")))) {
            asked.chat();

            assertThat(lines).anyMatch(line -> line.contains("127.0.0.1:" + server.port()));
            assertThat(lines).noneMatch(line -> line.contains("very-secret"));
        } finally {
            logger.removeHandler(listening);
            logger.setLevel(before);
        }
    }
}
