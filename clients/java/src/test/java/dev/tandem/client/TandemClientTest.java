package dev.tandem.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.v1.ChatChunk;
import io.grpc.Status;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TandemClientTest {
    private static final long SOON = 20;

    @Test
    void answersAreReturnedWhole() {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.WORDS));
                TandemClient client = server.client()) {
            assertThat(client.chat(Chats.REQUEST).getId()).isEqualTo("chatcmpl-1");
        }
    }

    @Test
    void theKeyAndHeadersOfTheCallersOwnAreSent() {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.WORDS));
                TandemClient client = server.builder().apiKey("tdm_1").build()) {
            client.withHeader("x-request-id", "mine").chat(Chats.REQUEST);
            client.chat(Chats.REQUEST);

            assertThat(server.header(0, "authorization")).isEqualTo("Bearer tdm_1");
            assertThat(server.header(0, "x-request-id")).isEqualTo("mine");
            assertThat(server.header(1, "x-request-id")).isEqualTo("null");
        }
    }

    @Test
    void aStreamGivesMessagesInTheirOrder() {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.WORDS));
                TandemClient client = server.client();
                ChatStream stream = client.stream(Chats.REQUEST)) {
            assertThat(stream.texts()).containsExactly("a", "b", "c");
            assertThat(stream.iterator().hasNext()).isFalse();
        }
    }

    @Test
    void theRestOfATextCanBeHadAtOnce() {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.WORDS));
                TandemClient client = server.client();
                ChatStream stream = client.stream(Chats.REQUEST)) {
            stream.iterator().next();

            assertThat(stream.text()).isEqualTo("bc");
        }
    }

    @Test
    void leavingTheBlockEndsTheServersWork() throws Exception {
        Chats chats = new Chats(Chats.Mode.QUIET);
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client()) {
            try (ChatStream stream = client.stream(Chats.REQUEST)) {
                assertThat(stream.iterator().next().getChoicesCount()).isEqualTo(1);
            }
            assertThat(chats.left.await(SOON, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClosedStreamSaysSoToItsReader() {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.QUIET));
                TandemClient client = server.client()) {
            ChatStream stream = client.stream(Chats.REQUEST);
            Iterator<ChatChunk> chunks = stream.iterator();
            chunks.next();
            stream.close();

            assertThat(failure(chunks::next).code()).isEqualTo(Status.Code.CANCELLED);
        }
    }

    @Test
    void aReaderThatPausesHoldsTheServerBack() {
        Chats chats = new Chats(Chats.Mode.FLOOD);
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client();
                ChatStream stream = client.stream(Chats.REQUEST)) {
            Iterator<ChatChunk> chunks = stream.iterator();
            for (int i = 0; i < 200; i++) {
                chunks.next();
            }
            // what the connection's windows and buffers hold, in chunks of 64 KiB
            assertThat(chats.sent.get()).isLessThan(200 + 300);
        }
    }

    @Test
    void theTimeOfACallEndsIt() throws Exception {
        Chats chats = new Chats(Chats.Mode.QUIET, Status.NOT_FOUND.asRuntimeException());
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client()) {
            // the connection stands before the time runs that only the server shall take
            assertThat(failure(() -> client.chat(Chats.REQUEST)).code())
                    .isEqualTo(Status.Code.NOT_FOUND);
            TandemClient hasty = client.withTimeout(Duration.ofMillis(500));

            assertThat(failure(() -> hasty.chat(Chats.REQUEST)).code())
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(chats.left.await(SOON, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void interruptingTheCallingThreadEndsTheCall() throws Exception {
        Chats chats = new Chats(Chats.Mode.QUIET);
        try (TestServer server = TestServer.of(chats);
                TandemClient client = server.client()) {
            AtomicReference<@Nullable TandemException> failure = new AtomicReference<>();
            CountDownLatch stillInterrupted = new CountDownLatch(1);
            Thread caller =
                    new Thread(() -> {
                        failure.set(failure(() -> client.chat(Chats.REQUEST)));
                        if (Thread.interrupted()) {
                            stillInterrupted.countDown();
                        }
                    });
            caller.start();
            assertThat(chats.came.await(SOON, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            caller.join();

            assertThat(failure.get())
                    .isNotNull()
                    .extracting(TandemException::code)
                    .isEqualTo(Status.Code.CANCELLED);
            assertThat(stillInterrupted.getCount()).isZero();
            assertThat(chats.left.await(SOON, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingTheClientEndsItsCalls() throws Exception {
        Chats chats = new Chats(Chats.Mode.QUIET);
        try (TestServer server = TestServer.of(chats)) {
            TandemClient client = server.builder().retries(RetryPolicy.none()).build();
            ChatStream stream = client.stream(Chats.REQUEST);
            stream.iterator().next();
            client.close();

            assertThat(chats.left.await(SOON, TimeUnit.SECONDS)).isTrue();
            assertThat(failure(() -> stream.iterator().next()).code())
                    .isEqualTo(Status.Code.CANCELLED);
            assertThat(failure(() -> client.chat(Chats.REQUEST)).code())
                    .isEqualTo(Status.Code.CANCELLED);
        }
    }

    @Test
    void whatTheServerSaysIsInTheException() {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.WORDS, Retries.invalid()));
                TandemClient client = server.client()) {
            TandemException failure = failure(() -> client.chat(Chats.REQUEST));

            assertThat(failure).hasMessage("because");
            assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(failure.reason()).isEqualTo("validation_failed");
            assertThat(failure.param()).isEqualTo("temperature");
            assertThat(failure.requestId()).isEqualTo("req_1");
            assertThat(failure.retryAfter()).isEmpty();
            assertThat(failure.violations())
                    .containsExactly(
                            new Violation("temperature", "double.gte_lte", "Must be from 0 to 2."));
        }
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() {
        try (TestServer server = TestServer.of(new Chats(Chats.Mode.FLOOD));
                TandemClient client = server.builder().largestAnswer(1024).build();
                ChatStream stream = client.stream(Chats.REQUEST)) {
            assertThat(failure(() -> stream.iterator().next()).code())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }

    static TandemException failure(Runnable call) {
        TandemException failure = catchThrowableOfType(TandemException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
