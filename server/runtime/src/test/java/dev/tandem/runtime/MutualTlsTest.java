package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.tls.ClientAuth;
import dev.tandem.runtime.tls.TestKeys;
import dev.tandem.test.v1.EchoServiceGrpc;
import dev.tandem.test.v1.SayRequest;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Running;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients with certificates, and those without. */
class MutualTlsTest {
    private static final TestKeys KEYS = TestKeys.made();
    private static final String NOBODY = "nobody";

    /** Whose certificate each call came with. */
    private final BlockingQueue<String> callers = new LinkedBlockingQueue<>();

    private Server start(ClientAuth asked) {
        return Server.builder()
                .service(new Echo().service())
                .policies(List.of(new Callers()))
                .tls(KEYS.server().withClientCa(KEYS.certificate("ca"), asked))
                .start();
    }

    private final class Callers implements Policy {
        @Override
        public void admit(Call call) {
            X509Certificate shown = call.head().peerCertificate();
            callers.add(shown == null ? NOBODY : shown.getSubjectX500Principal().getName());
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void handlersKnowWhoseCertificateItWas(HttpClient.Version version) throws Exception {
        try (Server server = start(ClientAuth.REQUIRED)) {
            assertThat(health(server, "client", version)).isEqualTo(200);
        }
        assertThat(callers.poll()).isEqualTo("CN=ada,O=Clients");
    }

    @Test
    void handlersKnowItOverGrpcToo() throws Exception {
        try (Server server = start(ClientAuth.REQUIRED)) {
            assertThat(say(server, "client")).isEqualTo("hi");
        }
        assertThat(callers.poll()).isEqualTo("CN=ada,O=Clients");
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "stranger", "late"})
    void whoHasNoGoodCertificateIsNotServedWhereItIsRequired(String client) {
        try (Server server = start(ClientAuth.REQUIRED)) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                assertThatThrownBy(() -> health(server, client, version))
                        .isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> say(server, client))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e ->
                                    assertThat(e.getStatus().getCode())
                                            .isEqualTo(Status.Code.UNAVAILABLE));
        }
        assertThat(callers).isEmpty();
    }

    @Test
    void whereItIsOptionalNoneIsServedAndABadOneIsNot() throws Exception {
        try (Server server = start(ClientAuth.OPTIONAL)) {
            HttpClient.Version version = HttpClient.Version.HTTP_2;
            assertThat(health(server, NOBODY, version)).isEqualTo(200);
            assertThat(health(server, "client", version)).isEqualTo(200);
            assertThatThrownBy(() -> health(server, "late", version))
                    .isInstanceOf(IOException.class);
        }
        assertThat(callers).containsExactly(NOBODY, "CN=ada,O=Clients");
    }

    @Test
    void opensslIsToldWhatIsWrong() {
        try (Server server = start(ClientAuth.REQUIRED)) {
            assertThat(toldByAlert(server)).contains("certificate required");
            assertThat(
                            toldByAlert(
                                    server,
                                    "-cert",
                                    KEYS.certificate("late").toString(),
                                    "-key",
                                    KEYS.key("late").toString()))
                    .containsPattern("alert (certificate expired|certificate unknown)");
        }
    }

    private static String toldByAlert(Server server, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of("openssl", "s_client", "-connect", "localhost:" + server.port()));
        command.addAll(List.of("-CAfile", KEYS.certificate("ca").toString()));
        command.addAll(List.of(more));
        try (Running openssl = Command.of(command).start()) {
            return openssl.rest().text();
        }
    }

    private static @Nullable String own(String client) {
        return client.equals(NOBODY) ? null : client;
    }

    private static int health(Server server, String client, HttpClient.Version version)
            throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder()
                        .version(version)
                        .sslContext(KEYS.client(own(client)))
                        .build()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "https://localhost:"
                                                            + server.port()
                                                            + "/health"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String say(Server server, String client) throws Exception {
        SslContextBuilder tls =
                GrpcSslContexts.forClient().trustManager(KEYS.certificate("ca").toFile());
        if (!client.equals(NOBODY)) {
            tls.keyManager(KEYS.certificate(client).toFile(), KEYS.key(client).toFile());
        }
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", server.port())
                        .sslContext(tls.build())
                        .build();
        try {
            return EchoServiceGrpc.newBlockingStub(channel)
                    .say(SayRequest.newBuilder().setText("hi").build())
                    .getText();
        } finally {
            channel.shutdownNow();
        }
    }
}
