package dev.tandem.client;

import static dev.tandem.client.TandemClientTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.SelfSigned;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TlsTest {
    @TempDir Path folder;

    @Test
    void aServerOfTheNamedAuthorityIsTrusted() throws IOException {
        SelfSigned pair = SelfSigned.in(folder, "server");
        try (TestServer server =
                        serving(
                                TlsServerCredentials.create(
                                        pair.certificate().toFile(), pair.key().toFile()));
                TandemClient client =
                        server.builder().tls(pair.certificate()).authority("localhost").build()) {
            assertThat(client.chat(Chats.REQUEST).getId()).isEqualTo("chatcmpl-1");
        }
    }

    @Test
    void anotherServerIsNot() throws IOException {
        SelfSigned pair = SelfSigned.in(folder, "server");
        SelfSigned other = SelfSigned.in(folder, "other");
        try (TestServer server =
                        serving(
                                TlsServerCredentials.create(
                                        pair.certificate().toFile(), pair.key().toFile()));
                TandemClient client =
                        server.builder()
                                .tls(other.certificate())
                                .authority("localhost")
                                .retries(RetryPolicy.none())
                                .build()) {
            assertThat(failure(() -> client.chat(Chats.REQUEST)).code())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void aClientCanShowACertificateOfItsOwn() throws IOException {
        SelfSigned pair = SelfSigned.in(folder, "server");
        SelfSigned ada = SelfSigned.in(folder, "ada");
        ServerCredentials mutual =
                TlsServerCredentials.newBuilder()
                        .keyManager(pair.certificate().toFile(), pair.key().toFile())
                        .trustManager(ada.certificate().toFile())
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                        .build();
        try (TestServer server = serving(mutual);
                TandemClient client =
                        server.builder()
                                .tls(pair.certificate())
                                .clientCertificate(ada.certificate(), ada.key())
                                .authority("localhost")
                                .build()) {
            assertThat(client.chat(Chats.REQUEST).getId()).isEqualTo("chatcmpl-1");
        }
    }

    private static TestServer serving(ServerCredentials credentials) {
        return TestServer.of(new Chats(Chats.Mode.WORDS), credentials);
    }
}
