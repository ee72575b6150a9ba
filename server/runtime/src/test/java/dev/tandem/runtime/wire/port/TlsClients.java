package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.tls.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Connections to a {@link TestServer} with TLS. */
final class TlsClients {
    private TlsClients() {}

    /** A socket whose protocol ALPN chose. */
    static SSLSocket connect(int port, String protocol) throws IOException {
        return connect(port, protocol, 0);
    }

    /**
     * The same, of a client whose system keeps little.
     *
     * @param receiveBuffer in bytes; 0 leaves it to the system
     */
    static SSLSocket connect(int port, String protocol, int receiveBuffer) throws IOException {
        Socket clear = new Socket();
        if (receiveBuffer > 0) {
            clear.setReceiveBufferSize(receiveBuffer);
        }
        clear.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        SSLSocket socket =
                (SSLSocket)
                        TestKeys.made()
                                .client(null)
                                .getSocketFactory()
                                .createSocket(clear, "localhost", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
        return socket;
    }
}
