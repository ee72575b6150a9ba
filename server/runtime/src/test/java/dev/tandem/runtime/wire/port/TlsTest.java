package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 chosen by ALPN, with a certificate made for the test by the JDK's keytool. */
class TlsTest {
    private static final String PASSWORD = "for-the-test";

    @TempDir Path folder;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    private void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .get(
                        "/wait",
                        (request, response) -> {
                            try (Registration gone = Peer.onGone(request, left::countDown)) {
                                assertThat(gone).isNotNull();
                                begun.countDown();
                                left.await(20, TimeUnit.SECONDS);
                            }
                            throw new CloseConnectionException("the client left");
                        });
    }

    @Test
    void bothProtocolsWorkOverTls() throws Exception {
        SSLContext context = context();
        Tls tls = Tls.builder().sslContext(context).build();
        try (TestServer server = TestServer.startTls(tls, this::routes).owned(Handlers.ECHO)) {
            try (Http2Client client =
                    Http2Client.open(connect(context, server, "h2"), new Http2Client.Behaviour())) {
                client.headers(1, "POST", "/owned", false);
                client.data(1, new byte[40_000 % 16_384], true);
                client.get(3, "/hi");
                client.awaitEnd(1, 3);
                assertThat(client.received(1)).isEqualTo(40_000 % 16_384);
                assertThat(client.body(3)).isEqualTo("hi");
            }
            SSLSocket plain = connect(context, server, "http/1.1");
            plain.getOutputStream()
                    .write(
                            Http1Client.get("/wait")
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            begun.await();
            plain.close();
            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        }
    }

    private static SSLSocket connect(SSLContext context, TestServer server, String protocol)
            throws Exception {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
        return socket;
    }

    private SSLContext context() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
