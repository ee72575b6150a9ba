package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.tls.TestKeys;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.test.v1.EchoServiceGrpc;
import dev.tandem.test.v1.SayChunk;
import dev.tandem.test.v1.SayRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed under a running server. */
class TlsReloadTest {
    private static final TestKeys KEYS = TestKeys.made();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    @TempDir Path folder;

    @Test
    void newConnectionsGetTheNewCertificateAndOpenStreamsGoOn() throws Exception {
        Path live = mountedAsInKubernetes("server");
        Echo echo = new Echo();
        try (Server server =
                Server.builder()
                        .service(echo.service())
                        .tls(TlsSettings.of(live.resolve("tls.crt"), live.resolve("tls.key")))
                        .start()) {
            ManagedChannel channel = channel(server);
            try {
                Iterator<SayChunk> stream =
                        EchoServiceGrpc.newBlockingStub(channel)
                                .sayOn(
                                        SayRequest.newBuilder()
                                                .setScript("then-pause")
                                                .setText("hi")
                                                .setCount(1)
                                                .build());
                assertThat(stream.next().getText()).isEqualTo("hi");
                assertThat(subject(server)).isEqualTo("CN=localhost");

                turn("renewed");

                awaitSubject(server, "CN=localhost,O=renewed");
                echo.goOn.countDown();
                assertThat(stream.hasNext()).isFalse(); // an end in order
            } finally {
                channel.shutdownNow();
            }
        }
    }

    /** A folder of files whose links lead through {@code ..data}, which is turned as a whole. */
    private Path mountedAsInKubernetes(String alias) throws Exception {
        turn(alias);
        Path live = Files.createDirectory(folder.resolve("live"));
        for (String name : new String[] {"tls.crt", "tls.key"}) {
            Files.createSymbolicLink(live.resolve(name), Path.of("../..data", name));
        }
        return live;
    }

    private void turn(String alias) throws Exception {
        Path version = Files.createDirectory(folder.resolve(".." + alias));
        Files.copy(KEYS.certificate(alias), version.resolve("tls.crt"));
        Files.copy(KEYS.key(alias), version.resolve("tls.key"));
        Path next = folder.resolve("..data_tmp");
        Files.createSymbolicLink(next, version.getFileName());
        Files.move(
                next,
                folder.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static ManagedChannel channel(Server server) throws Exception {
        return NettyChannelBuilder.forAddress("localhost", server.port())
                .sslContext(
                        GrpcSslContexts.forClient()
                                .trustManager(KEYS.certificate("ca").toFile())
                                .build())
                .build();
    }

    private static void awaitSubject(Server server, String subject) throws Exception {
        long until = System.nanoTime() + PATIENCE;
        while (!subject(server).equals(subject)) {
            assertThat(System.nanoTime()).isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static String subject(Server server) throws Exception {
        try (SSLSocket socket =
                (SSLSocket)
                        KEYS.client(null)
                                .getSocketFactory()
                                .createSocket("localhost", server.port())) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }
}
