package dev.tandem.client;

import static dev.tandem.client.TandemClientTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RetryTest {
    @Test
    void aCallThatFindsTheServerUnavailableIsMadeAgain() {
        Chats chats = new Chats(Chats.Mode.WORDS, Retries.overloaded(), Retries.overloaded());
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client()) {
            assertThat(client.chat(Chats.REQUEST).getId()).isEqualTo("chatcmpl-1");
            assertThat(server.calls()).hasSize(3);
        }
    }

    @Test
    void aStreamOfWhichNothingCameIsMadeAgain() {
        Chats chats = new Chats(Chats.Mode.WORDS, Retries.overloaded());
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client();
                ChatStream stream = client.stream(Chats.REQUEST)) {
            assertThat(stream.text()).isEqualTo("abc");
            assertThat(server.calls()).hasSize(2);
        }
    }

    @Test
    void aStreamThatBreaksIsNot() {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.BREAKS));
                TandemClient client = server.client();
                ChatStream stream = client.stream(Chats.REQUEST)) {
            assertThat(failure(stream::text).code()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(server.calls()).hasSize(1);
        }
    }

    @Test
    void whoIsToComeBackDoesSoWhenItIsTime() {
        Duration wait = Duration.ofMillis(120);
        Chats chats = new Chats(Chats.Mode.WORDS, Retries.limited(wait));
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client()) {
            long begin = System.nanoTime();
            client.chat(Chats.REQUEST);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(wait);
            assertThat(server.calls()).hasSize(2);
        }
    }

    @Test
    void aLimitWithoutATimeIsTold() {
        Chats chats = new Chats(Chats.Mode.WORDS, Retries.neverAllowed());
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client()) {
            TandemException failure = failure(() -> client.chat(Chats.REQUEST));
            assertThat(failure.reason()).isEqualTo("rate_limit_exceeded");
            assertThat(failure.violations())
                    .containsExactly(
                            new Violation("caller", "tokens_per_minute", "More than the limit."));
            assertThat(server.calls()).hasSize(1);
        }
    }

    @Test
    void whoIsToWaitTooLongIsTold() {
        Chats chats = new Chats(Chats.Mode.WORDS, Retries.limited(Duration.ofHours(1)));
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client()) {
            assertThat(failure(() -> client.chat(Chats.REQUEST)).retryAfter())
                    .contains(Duration.ofHours(1));
            assertThat(server.calls()).hasSize(1);
        }
    }

    @Test
    void noPauseGoesBeyondTheDeadline() {
        Chats chats = new Chats(Chats.Mode.WORDS, Retries.limited(Duration.ofMillis(400)));
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.builder().timeout(Duration.ofMillis(300)).build()) {
            assertThat(failure(() -> client.chat(Chats.REQUEST)).code())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }

    @Test
    void whatIsWrongStaysWrong() {
        Chats chats = new Chats(Chats.Mode.WORDS, Retries.invalid());
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client()) {
            assertThat(failure(() -> client.chat(Chats.REQUEST)).reason())
                    .isEqualTo("validation_failed");
            assertThat(server.calls()).hasSize(1);
        }
    }

    @Test
    void triesAreCounted() {
        try (TestServer server = TestServer.of(failing(99));
                TandemClient client = server.client()) {
            assertThat(failure(() -> client.chat(Chats.REQUEST)).reason()).isEqualTo("overloaded");
            assertThat(server.calls()).hasSize(4);
        }
    }

    @Test
    void inAnOutageTheBudgetEndsRepeating() {
        try (TestServer server = TestServer.of(failing(99));
                TandemClient client = server.client()) {
            for (int i = 0; i < 10; i++) {
                failure(() -> client.chat(Chats.REQUEST));
            }
            assertThat(server.calls())
                    // five failures take half of the budget; the fourth was a last attempt
                    .hasSize(10 + 3);
        }
    }

    @Test
    void withoutRetriesACallIsMadeOnce() {
        try (TestServer server = TestServer.of(failing(9));
                TandemClient client = server.builder().retries(RetryPolicy.none()).build()) {
            failure(() -> client.chat(Chats.REQUEST));
            assertThat(server.calls()).hasSize(1);
        }
    }

    @Test
    void aStreamThatWaitsForItsNextAttemptMayBeClosed() throws Exception {
        waitingIsEndedBy((stream, client) -> stream.close());
    }

    @Test
    void aClientWhoseCallsWaitForTheirNextAttemptMayBeClosed() throws Exception {
        waitingIsEndedBy((stream, client) -> client.close());
    }

    private static void waitingIsEndedBy(BiConsumer<ChatStream, TandemClient> end)
            throws Exception {
        Chats chats = new Chats(Chats.Mode.WORDS, Retries.limited(Duration.ofSeconds(20)));
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.builder().retries(RetryPolicy.standard()).build();
                ChatStream stream = client.stream(Chats.REQUEST)) {
            AtomicReference<@Nullable TandemException> failure = new AtomicReference<>();
            Thread reader = new Thread(() -> failure.set(failure(stream::text)));
            reader.start();
            while (reader.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            end.accept(stream, client);
            reader.join(10_000);

            assertThat(failure.get())
                    .isNotNull()
                    .extracting(TandemException::code)
                    .isEqualTo(Status.Code.CANCELLED);
            assertThat(server.calls()).hasSize(1);
        }
    }

    private static Chats failing(int times) {
        return new Chats(
                Chats.Mode.WORDS,
                Collections.nCopies(times, Retries.overloaded())
                        .toArray(StatusRuntimeException[]::new));
    }
}
