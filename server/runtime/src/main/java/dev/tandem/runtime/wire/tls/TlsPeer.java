package dev.tandem.runtime.wire.tls;

import io.helidon.common.socket.PeerInfo;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A client behind TLS.
 *
 * @param tlsPrincipal whose certificate it showed
 * @param tlsCertificates that certificate first
 */
record TlsPeer(
        PeerInfo info, Optional<Principal> tlsPrincipal, Optional<Certificate[]> tlsCertificates)
        implements PeerInfo {

    static PeerInfo of(PeerInfo info, SSLSession session) {
        try {
            return new TlsPeer(
                    info,
                    Optional.of(session.getPeerPrincipal()),
                    Optional.of(session.getPeerCertificates()));
        } catch (SSLPeerUnverifiedException e) {
            return info; // it showed none
        }
    }

    @Override
    public SocketAddress address() {
        return info.address();
    }

    @Override
    public String host() {
        return info.host();
    }

    @Override
    public int port() {
        return info.port();
    }
}
