package dev.tandem.runtime.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a port, 1.2 and 1.3: which files it reads. All are PEM. They are read again when they
 * change; the new ones hold for connections that come then.
 *
 * @param certificate the server's certificate, and behind it those of the authorities between it
 *     and the root
 * @param key its private key, without password: PKCS#8 ({@code PRIVATE KEY}; RSA, EC or Ed25519),
 *     {@code RSA PRIVATE KEY} or {@code EC PRIVATE KEY}
 * @param clientCa the authorities that sign clients' certificates; null where clients show none
 * @param clientAuth whether clients show a certificate
 */
public record TlsSettings(
        Path certificate, Path key, @Nullable Path clientCa, ClientAuth clientAuth) {
    /**
     * @throws IllegalArgumentException where clients are asked for certificates and nothing says
     *     who may sign them, or the reverse
     */
    public TlsSettings {
        if (clientCa == null && clientAuth != ClientAuth.NONE) {
            throw new IllegalArgumentException(
                    "clients' certificates are asked for; name the file of the authorities that"
                            + " sign them");
        }
        if (clientCa != null && clientAuth == ClientAuth.NONE) {
            throw new IllegalArgumentException(
                    clientCa + " signs clients' certificates, which are not asked for");
        }
    }

    /** TLS whose clients show no certificate. */
    public static TlsSettings of(Path certificate, Path key) {
        return new TlsSettings(certificate, key, null, ClientAuth.NONE);
    }

    /** The same, for clients with a certificate of these authorities. */
    public TlsSettings withClientCa(Path authorities, ClientAuth asked) {
        return new TlsSettings(certificate, key, authorities, asked);
    }

    /** What is wrong with the files now: a sentence each, none where all is well. */
    public List<String> problems() {
        try {
            TlsFiles.read(this).identity();
            return List.of();
        } catch (TlsException e) {
            return e.problems();
        }
    }
}
