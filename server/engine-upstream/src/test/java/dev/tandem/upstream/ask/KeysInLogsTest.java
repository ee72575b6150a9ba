package dev.tandem.upstream.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.Staged;
import dev.tandem.upstream.anthropic.AnthropicEngine;
import dev.tandem.upstream.anthropic.AnthropicSettings;
import dev.tandem.upstream.ollama.OllamaEngine;
import dev.tandem.upstream.ollama.OllamaSettings;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that says the key in its errors: it stands in no line of the log and in no message. */
@Timeout(30)
class KeysInLogsTest {
    private static final Secret KEY = Secret.of("sk-very-secret");
    private static final RawServer.Talk TELLTALE =
            peer ->
                    peer.answer(
                            "401 No",
                            "application/json",
                            "{\"error\":{\"message\":\"Wrong key: sk-very-secret\"}}");

    private static void keepsTheKey(Staged.EngineOf make) {
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
        try (Staged stage = new Staged(TELLTALE, make)) {
            EngineCall call = stage.chat(EngineCall.hello().build());

            assertThat(Objects.requireNonNull(call.failure()).message())
                    .doesNotContain("very-secret");
            assertThat(lines).anyMatch(line -> line.contains("Wrong key: ***"));
            assertThat(lines).noneMatch(line -> line.contains("very-secret"));
        } finally {
            logger.removeHandler(listening);
            logger.setLevel(before);
        }
    }

    @Test
    void ofTheAnthropicEngine() {
        keepsTheKey((address, client) ->
                new AnthropicEngine(
                        AnthropicSettings.of(address).key(KEY), client, InstantSource.system()));
    }

    @Test
    void ofTheOllamaEngine() {
        keepsTheKey((address, client) ->
                new OllamaEngine(
                        OllamaSettings.of(address).key(KEY), client, InstantSource.system()));
    }

    @Test
    void settingsShowNone() {
        URI address = URI.create("https://api.example.com/v1");

        assertThat(AnthropicSettings.of(address).key(KEY).toString()).doesNotContain("secret");
        assertThat(OllamaSettings.of(address).key(KEY).toString()).doesNotContain("secret");
        assertThat(KeyHeader.bearer(KEY).toString()).doesNotContain("secret");
    }
}
