package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.auth.TestTokens;
import dev.tandem.runtime.logging.JsonFormatter;
import dev.tandem.runtime.logging.LineFormatter;
import dev.tandem.runtime.policy.AccessLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever callers send begins no line of the log of its own, and forges no field. */
class LogInjectionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();
    private final List<Logger> loggers =
            List.of(Logger.getLogger(AccessLog.class.getName()), Logger.getLogger("audit"));
    private final Handler keeper =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    records.add(entry);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
    private final TestTokens tokens = new TestTokens(NOW);
    private Server server;

    @BeforeEach
    void start() {
        loggers.forEach(logger -> {
            logger.setLevel(Level.ALL);
            logger.addHandler(keeper);
        });
        server =
                Server.builder()
                        .service(Notes.guarded())
                        .authenticators(List.of(tokens.authenticator()))
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
        tokens.close();
        loggers.forEach(logger -> {
            logger.setLevel(null);
            logger.removeHandler(keeper);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/notes:reset",
                "/v1/notes/a%0aINFO%20forged=1",
                "/v1/notes/a%0d%0aforged=1",
                "/v1/notes/%e2%80%a8forged=1",
                "/v1/notes/a%22%20forged=1",
                "/nowhere%0aforged=1",
                "/nowhere\" forged=1",
                "/%1b%5b2Jforged=1"
            })
    void pathsAndIds(String path) throws InterruptedException {
        for (Version version : Version.values()) {
            for (String id :
                    List.of("x\" forged=\"1", "x forged=1", "x\u001b[2Jforged", "\u0085forged=1")) {
                send(
                        version,
                        path.replace(" ", version == Version.HTTP_1_1 ? "%20" : " "),
                        id,
                        "ada");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada\nINFO forged=1",
                "ada\r\nforged=1",
                "ada forged=1",
                "ada\" forged=\"1",
                "ada\u2028forged=1",
                "ada\u0085forged=1",
                "ada\u001b[2Jforged=1"
            })
    void namesInTokens(String name) throws InterruptedException {
        for (Version version : Version.values()) {
            send(version, "/v1/notes:reset", "r-1", name);
        }
    }

    private void send(Version version, String path, String id, String name)
            throws InterruptedException {
        records.clear();
        try {
            RawAnswer.to(
                    version,
                    server.port(),
                    "POST",
                    path,
                    BODY,
                    "content-type",
                    "application/json",
                    "x-request-id",
                    id,
                    "authorization",
                    "Bearer " + tokens.good(name, "notes.read notes.write admin").reveal());
        } catch (AssertionError reset) {
            return; // HTTP/2: what is no request is no call either
        }
        LogRecord first = records.poll(20, TimeUnit.SECONDS);
        assertThat(first).as("a line for %s %s", version, path).isNotNull();
        List<LogRecord> all = new java.util.ArrayList<>(List.of(first));
        records.drainTo(all);
        for (LogRecord entry : all) {
            for (Formatter formatter : List.of(new LineFormatter(), new JsonFormatter())) {
                String line = formatter.format(entry);
                String text = line.stripTrailing();
                assertThat(text).doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");
                // a field begins behind a blank outside of quotes, or behind a comma in JSON
                assertThat(text.replaceAll("\"([^\"\\\\]|\\\\.)*\"", "\"\""))
                        .doesNotContain("forged=1 ", " forged");
            }
        }
    }
}
