package dev.tandem.client;

import static dev.tandem.client.TandemClientTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ConnectionTest {
    @ParameterizedTest
    @ValueSource(strings = {"tdm_secret\n", "tdm secret", "tdm_s\u00e9cret"})
    void aKeyThatNoHeaderCanCarryIsRefusedAndNotShown(String key) {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.WORDS));
                TandemClient client = server.builder().apiKey(key).build()) {
            TandemException failure = failure(() -> client.chat(Chats.REQUEST));

            assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(failure).hasMessageNotContaining("cret");
            assertThat(server.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @NullAndEmptySource
    void whoHasNoKeyShowsNone(String key) {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.WORDS));
                TandemClient client = server.builder().apiKey(key).build()) {
            client.chat(Chats.REQUEST);

            assertThat(server.header(0, "authorization")).isEqualTo("null");
        }
    }

    @Test
    void anAddressIsNoUrl() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TandemClient.builder("http://127.0.0.1:8080"))
                .withMessageContaining("without a scheme");
    }

    @Test
    void aServerThatIsNotThereIsToldWithItsAddress() {
        String address;
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.WORDS))) {
            address = server.address();
        }
        try (TandemClient client =
                TandemClient.builder(address).retries(RetryPolicy.none()).build()) {
            TandemException failure = failure(() -> client.chat(Chats.REQUEST));

            assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(failure.reason()).isEmpty();
            assertThat(failure).hasMessageContaining(address);
        }
    }

    @Test
    void whatAProxyTellsInHeadersCounts() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), "req_7");
        Metadata trailers = new Metadata();
        Metadata.Key<String> retryAfter =
                Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);
        trailers.put(retryAfter, "7");
        TandemException failure = Failures.of(Status.RESOURCE_EXHAUSTED, headers, trailers);

        assertThat(failure.requestId()).isEqualTo("req_7");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));

        headers.put(retryAfter, "Sun, 22 Nov 2026 13:00:00 GMT");
        assertThat(Failures.of(Status.UNAVAILABLE, headers, new Metadata()).retryAfter()).isEmpty();
    }
}
