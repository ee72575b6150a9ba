package dev.tandem.runtime.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change under a running server: which are taken, and what the log says. */
class LiveTlsTest {
    private static final TestKeys KEYS = TestKeys.made();
    private static final Duration LOOK = Duration.ofMillis(20);

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final Logger logger = Logger.getLogger(LiveTls.class.getName());
    private final Keeper keeper = new Keeper();
    private final Path certificate;
    private final Path key;

    LiveTlsTest(@TempDir Path folder) {
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server.key");
    }

    @BeforeEach
    void listen() throws Exception {
        logger.addHandler(keeper);
        put("server");
    }

    @AfterEach
    void silence() {
        logger.removeHandler(keeper);
    }

    private LiveTls open(InstantSource clock) throws TlsException {
        return LiveTls.open(TlsSettings.of(certificate, key), LOOK, clock);
    }

    @Test
    void aNewPairIsTakenAndSaidSo() throws Exception {
        try (LiveTls tls = open(InstantSource.system())) {
            put("renewed");

            assertThat(line()).startsWith("TLS: new files are in force: CN=localhost,O=renewed");
            assertThat(tls.described()).startsWith("CN=localhost,O=renewed, valid from ");
        }
    }

    @Test
    void aWrongPairKeepsTheOldInForceAndIsToldOnce() throws Exception {
        try (LiveTls tls = open(InstantSource.system())) {
            move(KEYS.certificate("renewed"), certificate);

            assertThat(line())
                    .contains("the changed files are not taken, the old ones stay in force")
                    .contains("does not belong to the first certificate of " + certificate);
            assertThat(tls.described()).startsWith("CN=localhost, valid");
            move(KEYS.key("renewed"), key);
            assertThat(line()).startsWith("TLS: new files are in force: CN=localhost,O=renewed");
        }
    }

    @Test
    void aFileThatIsGoneKeepsTheOldInForce() throws Exception {
        try (LiveTls tls = open(InstantSource.system())) {
            Files.delete(key);

            assertThat(line()).endsWith(key + ": there is no such file.");
            assertThat(tls.engine(List.of("h2")).getSupportedProtocols()).isNotEmpty();
        }
    }

    @Test
    void anExpiredCertificateIsServedWithAWarning() throws Exception {
        try (LiveTls tls = open(InstantSource.fixed(Instant.parse("2199-01-01T00:00:00Z")))) {
            assertThat(line())
                    .startsWith(certificate + ": the certificate has expired")
                    .endsWith(tls.described());
        }
    }

    private String line() throws InterruptedException {
        String line = log.poll(20, TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        return line;
    }

    private void put(String alias) throws Exception {
        move(KEYS.certificate(alias), certificate);
        move(KEYS.key(alias), key);
    }

    private void move(Path from, Path to) throws Exception {
        Path copy = Files.copy(from, to.resolveSibling("copy"));
        Files.move(copy, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private final class Keeper extends Handler {
        @Override
        public void publish(LogRecord logged) {
            log.add(logged.getMessage());
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
