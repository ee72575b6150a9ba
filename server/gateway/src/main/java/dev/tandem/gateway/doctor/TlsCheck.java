package dev.tandem.gateway.doctor;

import dev.tandem.runtime.tls.LiveTls;
import dev.tandem.runtime.tls.TlsException;
import dev.tandem.runtime.tls.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;

/** Can the files of TLS be used, and for how long? */
public final class TlsCheck {
    private static final Duration SOON = Duration.ofDays(14);
    private static final String ABOUT = "tls";

    private final InstantSource clock;

    /** By this clock. */
    public TlsCheck(InstantSource clock) {
        this.clock = clock;
    }

    /** Looks. */
    public Finding look(TlsSettings settings) {
        try (LiveTls _ = LiveTls.open(settings)) {
            return expiry(settings.certificate());
        } catch (TlsException e) {
            return Finding.problem(
                    ABOUT,
                    String.valueOf(e.getMessage()),
                    "Set TANDEM_TLS_CERT and TANDEM_TLS_KEY to files in PEM that belong together.");
        }
    }

    private Finding expiry(Path file) {
        X509Certificate certificate;
        try (InputStream in = Files.newInputStream(file)) {
            certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            return Finding.problem(
                    ABOUT, file + " cannot be read: " + e.getMessage(), "Give it in PEM.");
        }
        Duration left = Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
        String found =
                "The certificate is good until %s."
                        .formatted(certificate.getNotAfter().toInstant());
        if (left.isNegative()) {
            return Finding.problem(
                    ABOUT,
                    "The certificate was good until %s."
                            .formatted(certificate.getNotAfter().toInstant()),
                    "Renew it; a server that runs takes the new files by itself.");
        }
        return left.compareTo(SOON) < 0
                ? Finding.warning(
                        ABOUT, found, "Renew it; a server that runs takes the new files by itself.")
                : Finding.ok(ABOUT, found);
    }
}
