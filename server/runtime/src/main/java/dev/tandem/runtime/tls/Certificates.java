package dev.tandem.runtime.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Certificates out of PEM blocks. */
final class Certificates {
    private static final Set<String> LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE");

    private Certificates() {}

    /** All certificates of a file, in its order; at least one. */
    static List<X509Certificate> of(Path file, List<Pem.Block> blocks) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem.Block block : blocks) {
            if (LABELS.contains(block.label())) {
                certificates.add(certificate(file, block));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException(
                    file
                            + ": there is no certificate in the file; it must hold blocks"
                            + " CERTIFICATE in PEM form.");
        }
        return certificates;
    }

    private static X509Certificate certificate(Path file, Pem.Block block) throws TlsException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw Pem.damaged(file, block.label());
        }
    }
}
