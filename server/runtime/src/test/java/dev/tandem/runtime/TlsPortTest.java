package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.tls.TestKeys;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.test.v1.EchoServiceGrpc;
import dev.tandem.test.v1.SayRequest;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Programs;
import dev.tandem.testtools.Running;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One port with TLS, and all who may come to it. */
class TlsPortTest {
    private static final TestKeys KEYS = TestKeys.made();
    private static final String SAY = "{\"text\":\"hi\"}";
    private static final String HEALTH =
            "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final int HANDSHAKE_MILLIS = 3000;

    private static Server server;

    @BeforeAll
    static void start() {
        WireSettings impatient =
                WireSettings.defaults()
                        .with(new WireSettings.Opening(Duration.ofMillis(HANDSHAKE_MILLIS), 0));
        server =
                Server.builder()
                        .service(new Echo().service())
                        .tls(KEYS.server())
                        .wire(impatient)
                        .drainLimit(Duration.ZERO)
                        .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void javasClientSpeaksTheVersionThatItWants(HttpClient.Version version) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(version).sslContext(KEYS.client(null)).build()) {
            HttpResponse<String> answer =
                    client.send(say("https").build(), BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).contains("\"text\":\"hi\"");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aLargeAnswerAndALargeRequestPassWhole(HttpClient.Version version) throws Exception {
        String text = "y".repeat(1_000_000);
        try (HttpClient client =
                HttpClient.newBuilder().version(version).sslContext(KEYS.client(null)).build()) {
            HttpResponse<String> answer =
                    client.send(
                            say("https")
                                    .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.body()).contains(text);
        }
    }

    @Test
    void grpcJavaStreamsOverIt() throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", server.port())
                        .sslContext(
                                GrpcSslContexts.forClient()
                                        .trustManager(KEYS.certificate("ca").toFile())
                                        .build())
                        .build();
        try {
            List<Long> indexes = new ArrayList<>();
            EchoServiceGrpc.newBlockingStub(channel)
                    .sayOn(SayRequest.newBuilder().setText("hi").setCount(3).build())
                    .forEachRemaining(chunk -> indexes.add(chunk.getIndex()));

            assertThat(indexes).containsExactly(0L, 1L, 2L);
        } finally {
            channel.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1.1", "http2", "tlsv1.2", "tlsv1.3"})
    void curlIsServed(String how) {
        Running.Ended curl =
                Command.of(
                                "curl",
                                "-sS",
                                "--" + how,
                                "--cacert",
                                KEYS.certificate("ca").toString(),
                                "-w",
                                " version %{http_version}",
                                "-H",
                                "content-type: application/json",
                                "-d",
                                SAY,
                                url("https"))
                        .run();

        assertThat(curl.text())
                .contains("\"text\":\"hi\"")
                .endsWith("version " + (how.equals("http1.1") ? "1.1" : "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void oldProtocolsAreRefused(String version) {
        Running.Ended openssl =
                openssl(version, "-cipher", "DEFAULT:@SECLEVEL=0", "-alpn", "http/1.1");

        assertThat(openssl.text()).contains("alert protocol version").contains("Cipher is (NONE)");
    }

    @Test
    void aClientWithoutAlpnIsKnownByItsFirstBytes() {
        try (Running openssl = Command.of(sClient()).start()) {
            Running.Ended ran = openssl.say(HEALTH).rest();

            assertThat(ran.text()).contains("HTTP/1.1 200").contains("{\"status\":\"ok\"}");
        }
    }

    @Test
    void aClientThatOffersAnotherProtocolIsToldThatThereIsNone() {
        Running.Ended openssl = openssl("-alpn", "foo");

        assertThat(openssl.text()).contains("alert no application protocol");
    }

    @Test
    void theServersOrderDecidesBetweenProtocols() {
        Running.Ended openssl = openssl("-alpn", "http/1.1,h2");

        assertThat(openssl.text()).contains("ALPN protocol: h2");
    }

    @Test
    void renegotiationEndsTheConnection() {
        try (Running openssl = Command.of(sClient("-tls1_2", "-alpn", "http/1.1")).start()) {
            Running.Ended ran = openssl.say("R\n").await("RENEGOTIATING").rest();

            assertThat(ran.text()).endsWith("closed\n");
        }
    }

    @Test
    void whoSpeaksHttpWithoutTlsReadsWhatToDo() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(say("http").build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("bad_request").contains("use https://");
        }
    }

    @Test
    void aPlainGrpcClientReadsWhatToDo() {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", server.port()).usePlaintext().build();
        try {
            assertThatThrownBy(() ->
                            EchoServiceGrpc.newBlockingStub(channel)
                                    .say(SayRequest.getDefaultInstance()))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e).hasMessageContaining("This port speaks TLS"));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void nonsenseIsClosedWithoutAnAnswer() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(new byte[] {1, 2, 3, 4, 5});
            socket.shutdownOutput();

            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "160301"})
    void aHandshakeThatDoesNotGoOnIsEnded(String begin) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(HexFormat.of().parseHex(begin));
            long from = System.nanoTime();

            socket.getInputStream().readAllBytes(); // an alert, perhaps
            assertThat(Duration.ofNanos(System.nanoTime() - from))
                    .isGreaterThan(Duration.ofMillis(HANDSHAKE_MILLIS / 2));
        }
    }

    @Test
    void aClientThatSpeaksAfterItsHandshakeIsServed() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.getOutputStream().write(HEALTH.getBytes(StandardCharsets.US_ASCII));

            assertThat(text(socket.getInputStream())).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void onlyCiphersWithForwardSecrecyAreTaken() throws Exception {
        try (SSLSocket socket = connect()) {
            assertThat(socket.getSession().getCipherSuite()).startsWith("TLS_AES");
        }
        SSLSocket weak =
                (SSLSocket)
                        KEYS.client(null)
                                .getSocketFactory()
                                .createSocket("localhost", server.port());
        try (weak) {
            SSLParameters parameters = weak.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.2"});
            parameters.setCipherSuites(
                    Arrays.stream(weak.getSupportedCipherSuites())
                            .filter(suite -> suite.contains("_CBC_"))
                            .toArray(String[]::new));
            weak.setSSLParameters(parameters);

            assertThatThrownBy(weak::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void aChangeOfKeysInTheMiddleOfAConnectionIsFollowed() {
        try (Running openssl = Command.of(sClient("-tls1_3", "-alpn", "http/1.1")).start()) {
            openssl.await("read R BLOCK").say("K\n").await("KEYUPDATE").say(HEALTH);

            assertThat(openssl.rest().text()).contains("{\"status\":\"ok\"}");
        }
    }

    private static SSLSocket connect() throws Exception {
        return (SSLSocket)
                KEYS.client(null).getSocketFactory().createSocket("localhost", server.port());
    }

    private static String text(InputStream in) throws Exception {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder say(String scheme) {
        return HttpRequest.newBuilder(URI.create(url(scheme)))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(SAY));
    }

    private static String url(String scheme) {
        return String.format(Locale.ROOT, "%s://localhost:%d/v1/say", scheme, server.port());
    }

    private static Running.Ended openssl(String... more) {
        return Command.of(sClient(more)).run();
    }

    private static List<String> sClient(String... more) {
        Programs.needs("openssl");
        return Stream.concat(
                        Stream.of(
                                "stdbuf", // so that what it prints can be awaited
                                "-o0",
                                "openssl",
                                "s_client",
                                "-connect",
                                "localhost:" + server.port(),
                                "-CAfile",
                                KEYS.certificate("ca").toString()),
                        Arrays.stream(more))
                .toList();
    }
}
