package dev.tandem.runtime.wire.connection;

import io.helidon.common.socket.PeerInfo;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What mutual TLS tells of a client. */
public final class PeerCertificate {
    private PeerCertificate() {}

    /** The client's own certificate, which was checked; null where it showed none. */
    public static @Nullable X509Certificate of(PeerInfo peer) {
        Optional<Certificate[]> chain = peer.tlsCertificates();
        return chain.isPresent()
                        && chain.get().length > 0
                        && chain.get()[0] instanceof X509Certificate own
                ? own
                : null;
    }
}
