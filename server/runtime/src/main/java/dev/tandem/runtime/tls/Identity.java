package dev.tandem.runtime.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Who the server is and whom it trusts, read and checked.
 *
 * @param key belongs to the first certificate of the chain
 * @param clientCa the authorities of clients' certificates; empty where clients show none
 */
record Identity(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientCa) {

    X509Certificate certificate() {
        return chain.getFirst();
    }

    Instant expires() {
        return certificate().getNotAfter().toInstant();
    }

    /** For the log: whose it is and until when. */
    String described() {
        return "%s, valid from %s to %s"
                .formatted(
                        certificate().getSubjectX500Principal().getName(),
                        certificate().getNotBefore().toInstant(),
                        expires());
    }
}
