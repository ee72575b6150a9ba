package dev.tandem.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** Who signs the certificate of Redis. */
public final class Authorities {
    private Authorities() {}

    /**
     * The certificates of a PEM file, as what is trusted.
     *
     * @throws IllegalArgumentException where it cannot be used
     */
    public static KeyStore in(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), each);
            }
            return trusted;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, e);
        }
    }

    static IllegalArgumentException unreadable(Path file, Exception cause) {
        return new IllegalArgumentException(
                "the authorities of Redis's certificate cannot be read from "
                        + file
                        + ": "
                        + cause.getMessage(),
                cause);
    }
}
