package dev.tandem.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.tls.ClientAuth;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testtools.SelfSigned;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TandemTlsTest {
    @TempDir Path folder;

    private SelfSigned theirs = new SelfSigned(Path.of("none"), Path.of("none"));

    @BeforeEach
    void certify() {
        theirs = SelfSigned.in(folder, "theirs");
    }

    private OtherTandem start(TlsSettings settings) {
        return OtherTandem.with(
                new ScriptedEngine(Script.saying("a")), builder -> builder.tls(settings));
    }

    private static TandemSettings encrypted(OtherTandem other) {
        return TandemSettings.of(URI.create("https://localhost:" + other.server().port()));
    }

    private static @Nullable ApiError outcome(TandemSettings settings) {
        try (TandemConnection connection = TandemConnection.open(settings);
                TandemEngine engine = new TandemEngine(connection, "own");
                EngineCall call =
                        EngineCall.begin(
                                engine,
                                EngineCall.hello().build(),
                                Duration.ofSeconds(20),
                                () -> {})) {
            call.awaitEnd();
            return call.failure();
        }
    }

    private static String reason(TandemSettings settings) {
        ApiError error = outcome(settings);
        return error == null ? "none" : error.reason();
    }

    @Test
    void anOwnAuthorityIsTrustedWhereItIsNamed() {
        try (OtherTandem other = start(TlsSettings.of(theirs.certificate(), theirs.key()))) {
            TandemSettings.Tls trusting = TandemSettings.Tls.trusting(theirs.certificate());
            assertThat(reason(encrypted(other).tls(trusting))).isEqualTo("none");

            assertThat(reason(encrypted(other))).isEqualTo("upstream_unavailable");

            TandemSettings.Tls others =
                    TandemSettings.Tls.trusting(SelfSigned.in(folder, "others").certificate());
            assertThat(reason(encrypted(other).tls(others))).isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void anotherNameThanTheCertificatesIsRefused() {
        try (OtherTandem other = start(TlsSettings.of(theirs.certificate(), theirs.key()))) {
            URI byNumber = URI.create("https://127.0.0.1:" + other.server().port());
            assertThat(
                            reason(
                                    TandemSettings.of(byNumber)
                                            .tls(
                                                    TandemSettings.Tls.trusting(
                                                            theirs.certificate()))))
                    .isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void aCertificateIsShownWhereItIsAskedFor() {
        SelfSigned ours = SelfSigned.in(folder, "ours");
        TlsSettings mutual =
                TlsSettings.of(theirs.certificate(), theirs.key())
                        .withClientCa(ours.certificate(), ClientAuth.REQUIRED);
        try (OtherTandem other = start(mutual)) {
            TandemSettings.Tls shown =
                    new TandemSettings.Tls(theirs.certificate(), ours.certificate(), ours.key());
            assertThat(reason(encrypted(other).tls(shown))).isEqualTo("none");

            TandemSettings.Tls none = TandemSettings.Tls.trusting(theirs.certificate());
            assertThat(reason(encrypted(other).tls(none))).isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void aServerWithTlsThatIsAskedWithoutIsOneError() {
        try (OtherTandem other = start(TlsSettings.of(theirs.certificate(), theirs.key()))) {
            assertThat(reason(other.settings())).isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void aServerWithoutTlsThatIsAskedWithItIsOneError() {
        try (OtherTandem other = OtherTandem.with(new ScriptedEngine(Script.saying("a")))) {
            assertThat(reason(encrypted(other))).isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void filesThatAreNoneAreToldAtTheBegin() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.pem"), "no certificate");
        TandemSettings settings =
                TandemSettings.of(URI.create("https://localhost:1"))
                        .tls(TandemSettings.Tls.trusting(broken));

        assertThatThrownBy(() -> TandemConnection.open(settings).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PEM");
    }
}
